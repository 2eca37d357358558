package io.jenkins.plugins.sparkk8s.jenkins.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;

/**
 * Lets a Pipeline write {@code cores: 2} and {@code args: ['--days', 7]}: the arguments are texts, since a variable may stand
 * in them, and Jenkins refuses a number for a text.
 */
public interface TextArguments extends CustomDescribableModel {
    @Override
    default Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        Map<String, Object> texts = new LinkedHashMap<>(arguments);
        texts.replaceAll((name, value) -> text(value));
        return texts;
    }

    private static Object text(Object value) {
        if (value instanceof List<?> values) {
            return values.stream().map(TextArguments::text).toList();
        }
        return value instanceof Number ? value.toString() : value;
    }
}
