package io.jenkins.plugins.sparkk8s.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names and labels from application names, also from odd ones. */
class KubernetesNamesTest {
    @ParameterizedTest
    @CsvSource({
        "Pi Job,pi-job-f00",
        "'  Spaces  around ',spaces-around-f00",
        "9 Täglicher_Batch: Umsätze,x-t-glicher-batch-ums-tze-f00",
        "--a--b--,a-b-f00",
        "日本,f00",
        "-7up,xup-f00",
    })
    void resourceNamePrefix(String appName, String prefix) {
        assertThat(KubernetesNames.resourceNamePrefix(appName, "f00")).isEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource({
        "Pi Job,pi-job",
        "9 Täglicher_Batch: Umsätze,9-t-glicher-batch-ums-tze",
        "--a--b--,a-b",
        "日本,''",
    })
    void appNameLabel(String appName, String label) {
        assertThat(KubernetesNames.appNameLabel(appName)).isEqualTo(label);
    }

    @Test
    void appNameLabelIsCutAndDoesNotEndWithADash() {
        assertThat(KubernetesNames.appNameLabel("a".repeat(62) + "-b")).isEqualTo("a".repeat(62));
        assertThat(KubernetesNames.appNameLabel("a".repeat(100))).hasSize(63);
    }

    @Test
    void serviceOfALongNameGetsAShortNameAndAWarning() {
        DriverSpec spec =
                Applications.java().with("spark.app.name", "a".repeat(40)).build();

        assertThat(names(spec)).contains("spark-bbbbbbbbbbbbbbbb-driver-svc");
        assertThat(spec.properties().get("spark.driver.host"))
                .hasValue("spark-bbbbbbbbbbbbbbbb-driver-svc.default.svc");
        assertThat(spec.warnings())
                .singleElement()
                .asString()
                .contains("a".repeat(40))
                .contains("63");
    }

    @Test
    void serviceNameOfSixtyThreeCharactersIsKept() {
        DriverSpec spec =
                Applications.java().with("spark.app.name", "a".repeat(35)).build();

        assertThat(names(spec)).contains("a".repeat(35) + "-aaaaaaaaaaaaaaaa-driver-svc");
        assertThat(spec.warnings()).isEmpty();
    }

    @Test
    void warnsWhenSparkCannotMakeNamesOfExecutors() {
        Applications longest = Applications.java().with("spark.app.name", "a".repeat(220));
        Applications tooLong = Applications.java().with("spark.app.name", "a".repeat(221));
        String warning = "spark.app.name has 221 characters";

        assertThat(longest.build().warnings()).noneMatch(text -> text.contains("executor pods"));
        assertThat(tooLong.build().warnings())
                .filteredOn(text -> text.startsWith(warning))
                .singleElement()
                .asString()
                .contains("more than 220", "spark.kubernetes.executor.podNamePrefix");
        assertThat(tooLong.with("spark.kubernetes.executor.podNamePrefix", "a")
                        .build()
                        .warnings())
                .noneMatch(text -> text.startsWith(warning));
        assertThat(tooLong.with("spark.kubernetes.driver.master", "local[2]")
                        .build()
                        .warnings())
                .noneMatch(text -> text.startsWith(warning));
    }

    private static List<String> names(DriverSpec spec) {
        return spec.resources().stream()
                .map(HasMetadata::getMetadata)
                .map(metadata -> metadata.getName())
                .toList();
    }
}
