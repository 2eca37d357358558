package io.jenkins.plugins.sparkk8s.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Spark's own submission code and ours create the same objects from the same arguments, and refuse the same ones. */
class SparkSubmitParityIT {
    @TempDir
    static Path directory;

    private static ParityBed bed;

    @BeforeAll
    static void start() throws IOException {
        bed = new ParityBed(directory);
    }

    @AfterAll
    static void stop() throws IOException {
        bed.close();
    }

    /** The system property {@code parity.only} is a regular expression that picks cases by release, topic and name. */
    @TestFactory
    Stream<DynamicNode> createsSparksObjects() throws IOException {
        Map<String, List<ParityCase>> topics = ParityCases.byTopic();
        String only = Objects.requireNonNullElse(System.getProperty("parity.only"), "");
        return Arrays.stream(SparkRelease.values())
                .sorted((a, b) -> b.compareTo(a))
                .map(release -> DynamicContainer.dynamicContainer(
                        "Spark " + release.version(),
                        topics.entrySet().stream()
                                .map(topic -> topic(release, topic.getKey(), topic.getValue(), only))));
    }

    private static DynamicNode topic(SparkRelease release, String topic, List<ParityCase> cases, String only) {
        return DynamicContainer.dynamicContainer(
                topic,
                cases.stream()
                        .filter(parityCase -> parityCase.appliesTo(release))
                        .filter(parityCase -> only.isEmpty()
                                || String.join(" ", release.line(), topic, parityCase.name())
                                        .matches(".*" + only + ".*"))
                        .map(parityCase -> DynamicTest.dynamicTest(
                                parityCase.name(),
                                () -> assertThat(bed.differences(parityCase, release))
                                        .as("Spark %s, %s: %s", release.version(), topic, parityCase.name())
                                        .isEmpty())));
    }
}
