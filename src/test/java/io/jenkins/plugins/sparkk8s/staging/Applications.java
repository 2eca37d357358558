package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.ApplicationRequest;
import io.jenkins.plugins.sparkk8s.application.ApplicationResolver;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Applications and plans with a fixed identity. */
final class Applications {
    static final String HEX = "0123456789abcdef0123456789abcdef";
    static final ApplicationIdentity IDENTITY =
            new ApplicationIdentity("spark-" + HEX, "n", "c", "s", "00000000-0000-4000-8000-000000000000", 1L);

    static final SubmitterEnvironment ENVIRONMENT = new SubmitterEnvironment(Map.of(), "me", Path.of("/"));

    private Applications() {}

    static SparkApplication application(String mainResource, Map<String, String> properties) {
        SparkConf conf = SparkConf.of(properties).with("spark.master", "k8s://api");
        return new ApplicationResolver(ENVIRONMENT, pattern -> List.of())
                .resolve(new ApplicationRequest(mainResource, "org.example.Main", List.of(), null, conf));
    }

    /** Uploads the files as spark.files of an application that is in the image. */
    static StagingPlan plan(String uploadPath, Path... files) {
        return plan(IDENTITY, uploadPath, files);
    }

    static StagingPlan plan(ApplicationIdentity identity, String uploadPath, Path... files) {
        String list = Arrays.stream(files).map(Path::toString).collect(Collectors.joining(","));
        return StagingPlan.of(
                application(
                        "local:///app.jar",
                        Map.of("spark.files", list, "spark.kubernetes.file.upload.path", uploadPath)),
                identity,
                ENVIRONMENT);
    }
}
