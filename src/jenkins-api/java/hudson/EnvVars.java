package hudson;

import java.util.Map;
import java.util.TreeMap;

public class EnvVars extends TreeMap<String, String> {
    public EnvVars() {
        super(String.CASE_INSENSITIVE_ORDER);
    }

    public EnvVars(Map<String, String> variables) {
        this();
        putAll(variables);
    }

    public EnvVars overrideAll(Map<String, String> all) {
        putAll(all);
        return this;
    }

    public String expand(String text) {
        return Util.replaceMacro(text, this);
    }
}
