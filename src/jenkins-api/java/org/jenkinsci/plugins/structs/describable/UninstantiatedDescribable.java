package org.jenkinsci.plugins.structs.describable;

import java.io.Serializable;
import java.util.Map;

public class UninstantiatedDescribable implements Serializable {
    private final Map<String, ?> arguments;

    public UninstantiatedDescribable(Map<String, ?> arguments) {
        this.arguments = arguments;
    }

    public UninstantiatedDescribable withArguments(Map<String, ?> other) {
        return new UninstantiatedDescribable(other);
    }

    public Map<String, ?> getArguments() {
        return arguments;
    }
}
