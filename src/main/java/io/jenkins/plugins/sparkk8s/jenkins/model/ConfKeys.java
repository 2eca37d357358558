package io.jenkins.plugins.sparkk8s.jenkins.model;

import java.util.Map;

/** Small help with configuration keys. */
final class ConfKeys {
    private ConfKeys() {}

    /** Sets the key unless the user left the value out. */
    static void put(Map<String, String> conf, String key, Object value) {
        if (value != null) {
            conf.put(key, value.toString());
        }
    }
}
