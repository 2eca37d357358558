package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.ApplicationRequest;
import io.jenkins.plugins.sparkk8s.application.ApplicationResolver;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Applications and plans with a fixed identity. */
public final class Applications {
    public static final String HEX = "0123456789abcdef0123456789abcdef";
    public static final ApplicationIdentity IDENTITY =
            new ApplicationIdentity("spark-" + HEX, "n", "c", "s", "00000000-0000-4000-8000-000000000000", 1L);

    public static final SubmitterEnvironment ENVIRONMENT = new SubmitterEnvironment(Map.of(), "me", Path.of("/"));

    private Applications() {}

    public static SparkApplication application(String mainResource, Map<String, String> properties) {
        SparkConf conf = SparkConf.of(properties).with("spark.master", "k8s://api");
        return new ApplicationResolver(ENVIRONMENT, pattern -> List.of())
                .resolve(new ApplicationRequest(mainResource, "org.example.Main", List.of(), null, conf));
    }

    /** Uploads the files as spark.files of an application that is in the image, in Spark's own layout. */
    public static StagingPlan plan(String uploadPath, Path... files) {
        return plan(IDENTITY, uploadPath, files);
    }

    public static StagingPlan plan(ApplicationIdentity identity, String uploadPath, Path... files) {
        return plan(identity, Map.of("spark.kubernetes.submit.uploads", "spark"), uploadPath, files);
    }

    /** As {@link #plan}, to shared folders; what is left is removed as soon as it is not used. */
    public static StagingPlan shared(ApplicationIdentity identity, String uploadPath, Path... files) {
        return plan(identity, Map.of("spark.kubernetes.submit.uploadRetention", "0s"), uploadPath, files);
    }

    public static StagingPlan plan(
            ApplicationIdentity identity, Map<String, String> more, String uploadPath, Path... files) {
        return StagingPlan.of(uploading(uploadPath, more, files), identity, ENVIRONMENT);
    }

    /** One that is in the image and has the files in spark.files. */
    public static SparkApplication uploading(String uploadPath, Map<String, String> more, Path... files) {
        String list = Arrays.stream(files).map(Path::toString).collect(Collectors.joining(","));
        Map<String, String> properties = new TreeMap<>(more);
        properties.put("spark.files", list);
        properties.put("spark.kubernetes.file.upload.path", uploadPath);
        return application("local:///app.jar", properties);
    }

    /** Of its own application each. */
    public static ApplicationIdentity identity(int number) {
        return new ApplicationIdentity(
                "spark-%032x".formatted(number), "n", "c", "s", "00000000-0000-4000-8000-000000000000", 1L);
    }
}
