package io.jenkins.plugins.sparkk8s.jenkins.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * Lets a Pipeline write {@code cores: 2} and {@code args: ['--days', 7]}: the arguments are texts, since a variable may stand
 * in them, and Jenkins refuses a number for a text.
 */
public interface TextArguments extends CustomDescribableModel {
    /** As an {@code int} is written, so that reading it back gives the same text. */
    Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    @Override
    default Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        Map<String, Object> texts = new LinkedHashMap<>(arguments);
        texts.replaceAll((name, value) -> text(value));
        return texts;
    }

    /** A snippet shows a number as one would write it. */
    @Override
    default UninstantiatedDescribable customUninstantiate(UninstantiatedDescribable described) {
        Map<String, Object> shown = new LinkedHashMap<>(described.getArguments());
        shown.replaceAll((name, value) ->
                value instanceof String text && NUMBER.matcher(text).matches()
                        ? (Object) Integer.valueOf(text)
                        : value);
        return described.withArguments(shown);
    }

    private static Object text(Object value) {
        if (value instanceof List<?> values) {
            return values.stream().map(TextArguments::text).toList();
        }
        return value instanceof Number ? value.toString() : value;
    }
}
