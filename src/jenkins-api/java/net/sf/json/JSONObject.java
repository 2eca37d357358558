package net.sf.json;

import java.util.LinkedHashMap;

public final class JSONObject extends LinkedHashMap<String, Object> {
    public boolean has(String key) {
        return containsKey(key);
    }

    public Object opt(String key) {
        return get(key);
    }

    public String optString(String key) {
        Object value = get(key);
        return value == null ? "" : value.toString();
    }
}
