package io.jenkins.plugins.sparkk8s.driver;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.MainResource;
import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A small application for tests, changed step by step; every change gives a new one. */
public record Applications(
        MainResource main,
        String mainClass,
        List<String> arguments,
        String proxyUser,
        SparkConf conf,
        StagedArtifacts staged,
        SubmitterEnvironment environment) {

    public static final String APP_ID = "spark-00112233445566778899aabbccddeeff";
    public static final ApplicationIdentity IDENTITY = new ApplicationIdentity(
            APP_ID,
            "aaaaaaaaaaaaaaaa",
            "cccccccccccccccc",
            "bbbbbbbbbbbbbbbb",
            "01234567-89ab-cdef-0123-456789abcdef",
            1795362892595L);

    /** A Java application whose jar is in the image. */
    public static Applications java() {
        return new Applications(
                MainResource.of(ResourceUri.of("local:///opt/app.jar")),
                "a.B",
                List.of(),
                null,
                SparkConf.of(Map.of(
                        "spark.master", "k8s://https://127.0.0.1:6443",
                        "spark.app.name", "up",
                        "spark.jars", "local:///opt/app.jar",
                        "spark.kubernetes.container.image", "spark:4.2.0")),
                StagedArtifacts.none(),
                new SubmitterEnvironment(Map.of(), "jane", Path.of("/work")));
    }

    public static Applications python(String file) {
        return java().main(file, "org.apache.spark.deploy.PythonRunner").without("spark.jars");
    }

    public Applications main(String file, String runner) {
        MainResource resource = MainResource.of(ResourceUri.of(file));
        return new Applications(resource, runner, arguments, proxyUser, conf, staged, environment);
    }

    public Applications with(String key, String value) {
        return new Applications(main, mainClass, arguments, proxyUser, conf.with(key, value), staged, environment);
    }

    /** A property that is marked as secret. */
    public Applications secret(String key, String value) {
        SparkConf marked = conf.withSecrets(Map.of(key, value));
        return new Applications(main, mainClass, arguments, proxyUser, marked, staged, environment);
    }

    public Applications without(String key) {
        return new Applications(main, mainClass, arguments, proxyUser, conf.without(key), staged, environment);
    }

    public Applications arguments(String... values) {
        return new Applications(main, mainClass, List.of(values), proxyUser, conf, staged, environment);
    }

    public Applications proxyUser(String user) {
        return new Applications(main, mainClass, arguments, user, conf, staged, environment);
    }

    /** A file that was uploaded. */
    public Applications staged(String local, String remote) {
        Map<String, String> locations = new HashMap<>(staged.remoteLocations());
        locations.put(local, remote);
        StagedArtifacts more = new StagedArtifacts(locations, List.of(), 0);
        return new Applications(main, mainClass, arguments, proxyUser, conf, more, environment);
    }

    public Applications variable(String name, String value) {
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.put(name, value);
        SubmitterEnvironment changed =
                new SubmitterEnvironment(variables, environment.userName(), environment.workingDirectory());
        return new Applications(main, mainClass, arguments, proxyUser, conf, staged, changed);
    }

    public SparkApplication application() {
        return new SparkApplication(main, mainClass, arguments, proxyUser, conf);
    }

    public DriverSpec build() {
        return build(IDENTITY);
    }

    public DriverSpec build(ApplicationIdentity identity) {
        return DriverSpecBuilder.of(application(), identity, environment).build(staged);
    }

    /** The warnings of the check before anything is staged. */
    public List<String> check() {
        return example().warnings();
    }

    /** What the check before anything is staged hands out. */
    public DriverSpec example() {
        return DriverSpecBuilder.of(application(), IDENTITY, environment).preview();
    }
}
