package io.jenkins.plugins.sparkk8s.driver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.Redaction;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps the promise that a value marked as secret is in no object but a Secret: refuses keys whose value has to stand in
 * a pod or on a command line, and looks for the values in all that was made.
 *
 * <p>Where Spark's driver puts the values of executors' keys is in {@code BasicExecutorFeatureStep}; which keys become
 * options of the driver's JVM is in {@code SparkSubmitCommandBuilder} of the launcher.
 */
final class SecretKeyChecks {
    /** A shorter value is found in texts that have nothing to do with it. */
    private static final int MIN_SEARCHED_LENGTH = 8;

    private static final String SECRET_REF = "Use %s%s instead, which takes the variable from a Secret.";
    private static final String OWN_PROPERTY =
            "Give the secret alone as a property of its own, which the application reads from its SparkConf.";
    private static final String UNMARKED = "Give it without marking it as secret.";

    private static final List<String> COMMAND_LINE = List.of(
            "spark.driver.extraJavaOptions",
            "spark.driver.defaultJavaOptions",
            "spark.driver.extraClassPath",
            "spark.driver.extraLibraryPath",
            "spark.executor.extraJavaOptions",
            "spark.executor.defaultJavaOptions",
            "spark.executor.extraClassPath",
            "spark.executor.extraLibraryPath");
    private static final List<String> IN_OBJECTS = List.of(
            CoreOptions.APP_NAME.key(),
            CoreOptions.MASTER.key(),
            CoreOptions.PYSPARK_PYTHON.key(),
            CoreOptions.PYSPARK_DRIVER_PYTHON.key());
    private static final List<String> PREFIXES_IN_OBJECTS =
            List.of("spark.kubernetes.", Constants.DRIVER_RESOURCE_PREFIX, Constants.EXECUTOR_RESOURCE_PREFIX);
    /** Values below it go to the API client or into a Secret of their own. */
    private static final String CREDENTIALS_PREFIX = "spark.kubernetes.authenticate.";

    private final SparkConf conf;

    SecretKeyChecks(SparkConf conf) {
        this.conf = conf;
    }

    /** @throws ConfigurationException with one sentence for each key that cannot be kept secret */
    void refuseClearText() {
        Problems problems = new Problems();
        conf.secretKeys()
                .forEach(key -> clearText(key)
                        .ifPresent(
                                place -> problems.add("%s cannot be secret, because its value stands in clear text %s"
                                        .formatted(key, place))));
        problems.throwIfAny();
    }

    /** Where the value of a key necessarily is to be seen, and what to do instead; empty when it need not be. */
    private static Optional<String> clearText(String key) {
        if (key.startsWith(Constants.DRIVER_ENV_PREFIX)) {
            return Optional.of("in the driver pod. "
                    + SECRET_REF.formatted(
                            Constants.DRIVER_SECRET_KEY_REF_PREFIX,
                            key.substring(Constants.DRIVER_ENV_PREFIX.length())));
        }
        if (key.startsWith(Constants.EXECUTOR_ENV_PREFIX)) {
            return Optional.of("in the executor pods. "
                    + SECRET_REF.formatted(
                            Constants.EXECUTOR_SECRET_KEY_REF_PREFIX,
                            key.substring(Constants.EXECUTOR_ENV_PREFIX.length())));
        }
        if (COMMAND_LINE.contains(key)) {
            return Optional.of("on the command line of a JVM, and in the pods of executors. " + OWN_PROPERTY);
        }
        boolean inObjects = IN_OBJECTS.contains(key)
                || PREFIXES_IN_OBJECTS.stream().anyMatch(key::startsWith) && !key.startsWith(CREDENTIALS_PREFIX);
        return inObjects ? Optional.of("in objects of the cluster. " + UNMARKED) : Optional.empty();
    }

    /** What stays visible although nothing is refused, one sentence each. */
    List<String> warnings() {
        Redaction redaction = Redaction.of(conf);
        List<String> warnings = new ArrayList<>();
        conf.secretKeys().stream()
                .filter(key -> !redaction.matches(key) && !key.startsWith(CREDENTIALS_PREFIX))
                .map(key ->
                        "%s is marked as secret but does not match %s, by which Spark hides values in its UI and event log. Choose a key that does, or extend the expression."
                                .formatted(key, CoreOptions.REDACTION_REGEX.key()))
                .forEach(warnings::add);
        if (conf.get(KubernetesOptions.SUBMIT_SECRETS_IN_SECRET)) {
            Stream.of(Constants.DRIVER_ENV_PREFIX, Constants.EXECUTOR_ENV_PREFIX)
                    .flatMap(prefix -> conf.withPrefix(prefix).keySet().stream().map(name -> prefix + name))
                    .filter(redaction::isSecret)
                    .map(key -> "%s stands in clear text %s"
                            .formatted(key, clearText(key).orElseThrow()))
                    .forEach(warnings::add);
        }
        return warnings;
    }

    /**
     * The last look before anything is created: an argument, a file of the configuration directory or another key may
     * hold the same value.
     *
     * @throws ConfigurationException naming the key and the object that has its value
     */
    void refuseLeaks(DriverSpec spec) {
        Map<String, String> secrets = conf.toMap();
        List<String> keys = conf.secretKeys().stream()
                .filter(key -> secrets.get(key).strip().length() >= MIN_SEARCHED_LENGTH)
                .toList();
        if (keys.isEmpty()) {
            return;
        }
        Problems problems = new Problems();
        Stream.concat(Stream.of(spec.pod()), spec.dependants().stream())
                .filter(object -> !(object instanceof Secret))
                .forEach(object -> {
                    String text = SecretMask.none().mask(Serialization.asJson(object));
                    keys.stream()
                            .filter(key -> holds(text, secrets.get(key)))
                            .forEach(key -> problems.add(leak(key, object)));
                });
        problems.throwIfAny();
    }

    private static boolean holds(String text, String secret) {
        return !SecretMask.none().and(List.of(secret)).mask(text).equals(text);
    }

    private static String leak(String key, HasMetadata object) {
        return "The value of %s is marked as secret, but the %s %s would hold it in clear text, too. Take it out of the application's arguments, the other keys and the files that are sent along."
                .formatted(key, object.getKind(), object.getMetadata().getName());
    }
}
