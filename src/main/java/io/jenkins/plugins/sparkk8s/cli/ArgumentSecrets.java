package io.jenkins.plugins.sparkk8s.cli;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the argument list has of secrets, before it is known whether it can be parsed: a complaint repeats arguments.
 */
final class ArgumentSecrets {
    private static final Pattern PROPERTY = Pattern.compile("(spark\\.[^=\\s]*)[=\\s](.*)", Pattern.DOTALL);

    private ArgumentSecrets() {}

    static SecretMask in(String... arguments) {
        Map<String, String> properties = new TreeMap<>();
        for (String argument : arguments) {
            Matcher property = PROPERTY.matcher(argument);
            if (property.find()) {
                properties.put(property.group(1), property.group(2));
            }
        }
        return SecretMask.of(SparkConf.of(properties));
    }
}
