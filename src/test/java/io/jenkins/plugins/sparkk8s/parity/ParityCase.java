package io.jenkins.plugins.sparkk8s.parity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One argument list, and what is expected of it beyond "the same objects".
 *
 * @param options of the command, before the application
 * @param conf Spark properties; a value of null leaves out a property that every case has by default
 * @param application main resource and its arguments
 * @param env environment variables of the submitter
 * @param given objects that exist before, such as {@code secret/db}
 * @param refused words that our message must have; with them the case must be refused by both
 * @param releases lines of Spark to compare with, such as {@code 4.0}; all when empty
 * @param deliberately why only we refuse it; null when we must do as Spark does
 * @param generated whether chance made it
 */
record ParityCase(
        String name,
        List<String> options,
        Map<String, String> conf,
        List<String> application,
        Map<String, String> env,
        List<String> given,
        List<String> refused,
        List<String> releases,
        String deliberately,
        boolean generated) {

    /** What generated configurations refer to. */
    private static final List<String> GIVEN = List.of(
            "namespace/spark-demo",
            "serviceaccount/spark",
            "serviceaccount/from-template",
            "serviceaccount/spark-demo/spark",
            "serviceaccount/spark-demo/from-template",
            "priorityclass/batch",
            "storageclass/gp3",
            "secret/creds",
            "secret/other",
            "secret/spark-demo/creds",
            "secret/spark-demo/other",
            "claim/mine",
            "claim/spark-demo/mine");

    /** Stands among the options where there is to be no {@code --class}. */
    private static final String WITHOUT_CLASS = "--no-class";

    private static final String IMAGE = "spark.kubernetes.container.image";

    ParityCase {
        options = options == null ? List.of() : List.copyOf(options);
        conf = conf == null ? Map.of() : new LinkedHashMap<>(conf);
        application = application == null ? List.of("local:///opt/spark/examples/jars/app.jar") : application;
        env = env == null ? Map.of() : Map.copyOf(env);
        given = given == null ? List.of() : List.copyOf(given);
        refused = refused == null ? List.of() : List.copyOf(refused);
        releases = releases == null ? List.of() : List.copyOf(releases);
    }

    /** A case of nothing but properties, as the generator makes them. */
    static ParityCase ofConf(String name, Map<String, String> conf, List<String> application) {
        return new ParityCase(name, null, conf, application, null, GIVEN, null, null, null, true);
    }

    boolean appliesTo(SparkRelease release) {
        return releases.isEmpty() || releases.contains(release.line());
    }

    /** Whether Spark must create objects, or the case would show nothing; a generated one may turn out either way. */
    boolean mustBeAccepted() {
        return refused.isEmpty() && !generated;
    }

    boolean mustBeRefused() {
        return !refused.isEmpty();
    }

    /** The argument list, with defaults for what every submission needs. */
    List<String> arguments(UnaryOperator<String> placeholders) {
        List<String> arguments = new ArrayList<>();
        if (!options.contains("--name") && !conf.containsKey("spark.app.name")) {
            arguments.addAll(List.of("--name", "parity"));
        }
        boolean jvm = application.isEmpty() || !application.get(0).matches(".*\\.(py|[rR])");
        if (jvm && !options.contains("--class") && !options.contains(WITHOUT_CLASS)) {
            arguments.addAll(List.of("--class", "org.example.Main"));
        }
        if (!conf.containsKey(IMAGE)) {
            arguments.addAll(List.of("--conf", IMAGE + "=spark:4.2.0"));
        }
        conf.forEach((key, value) -> {
            if (value != null) {
                arguments.addAll(List.of("--conf", key + "=" + value));
            }
        });
        arguments.addAll(options);
        arguments.removeIf(WITHOUT_CLASS::equals);
        arguments.addAll(application);
        return arguments.stream().map(placeholders).toList();
    }

    Map<String, String> environment(UnaryOperator<String> placeholders) {
        Map<String, String> variables = new LinkedHashMap<>();
        env.forEach((name, value) -> variables.put(name, placeholders.apply(value)));
        return variables;
    }

    @Override
    public String toString() {
        return name;
    }
}
