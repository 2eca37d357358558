package io.jenkins.plugins.sparkk8s.application;

import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One application, ready to be staged and submitted: every URI is absolute, defaults of the front end are applied.
 *
 * @param mainClass the driver's main class; for Python and R the runner of Spark
 * @param arguments what the application itself gets
 * @param proxyUser the user to impersonate; null when there is none
 * @param conf with {@code spark.jars} and its like resolved, {@code spark.app.name} and {@code spark.master} set
 */
public record SparkApplication(
        MainResource mainResource, String mainClass, List<String> arguments, String proxyUser, SparkConf conf) {

    public SparkApplication {
        Objects.requireNonNull(mainResource);
        Objects.requireNonNull(mainClass);
        Objects.requireNonNull(conf);
        arguments = List.copyOf(arguments);
    }

    public String name() {
        return conf.get(CoreOptions.APP_NAME);
    }

    public Optional<String> impersonatedUser() {
        return Optional.ofNullable(proxyUser);
    }

    public SparkApplication withConf(SparkConf changed) {
        return new SparkApplication(mainResource, mainClass, arguments, proxyUser, changed);
    }
}
