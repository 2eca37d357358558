package io.jenkins.plugins.sparkk8s.parity;

import java.nio.file.Path;

/** The releases of Spark that we compare with; {@code mvn verify} writes their class paths from Maven Central. */
enum SparkRelease {
    SPARK_3_5("3.5.6", "spark-3.5-submitter"),
    SPARK_4_0("4.0.1", "spark-4.0-submitter"),
    SPARK_4_1("4.1.1", "spark-4.1-submitter"),
    SPARK_4_2("4.2.0", "spark-runtime");

    private final String version;
    private final String project;

    SparkRelease(String version, String project) {
        this.version = version;
        this.project = project;
    }

    String version() {
        return version;
    }

    /** Major and minor number, such as {@code 4.1}. */
    String line() {
        return version.substring(0, version.lastIndexOf('.'));
    }

    Path classPathFile() {
        return Path.of(System.getProperty("examples.directory", "examples"), project, "target", "classpath");
    }
}
