package io.jenkins.plugins.sparkk8s.jenkins.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;

/** Lets a Pipeline write {@code cores: 2}: the arguments are texts, since a variable may stand in them, and a number is refused for one. */
interface TextArguments extends CustomDescribableModel {
    @Override
    default Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        Map<String, Object> texts = new LinkedHashMap<>(arguments);
        texts.replaceAll((name, value) -> value instanceof Number ? value.toString() : value);
        return texts;
    }
}
