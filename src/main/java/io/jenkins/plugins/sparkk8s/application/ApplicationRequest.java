package io.jenkins.plugins.sparkk8s.application;

import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.util.List;

/**
 * What the user asked for, before it is resolved.
 *
 * @param mainResource jar, Python or R file, or {@code spark-internal}; null when none was given
 * @param mainClass null when none was given: the jar's manifest then names it
 * @param arguments what the application gets
 * @param proxyUser null when none was given
 * @param conf with the precedence of options, {@code --conf} and properties files already applied
 */
public record ApplicationRequest(
        String mainResource, String mainClass, List<String> arguments, String proxyUser, SparkConf conf) {

    public ApplicationRequest {
        arguments = List.copyOf(arguments);
    }
}
