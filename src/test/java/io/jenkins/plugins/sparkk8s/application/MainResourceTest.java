package io.jenkins.plugins.sparkk8s.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.application.MainResource.JavaJar;
import io.jenkins.plugins.sparkk8s.application.MainResource.PythonFile;
import io.jenkins.plugins.sparkk8s.application.MainResource.RFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainResourceTest {

    @ParameterizedTest
    @CsvSource({
        "hdfs://n/app.jar, java",
        "/app.jar, java",
        "hdfs://n/app, java",
        "local:///job.py, python",
        "/job.py#x, python",
        "/job.PY, java",
        "/job.R, r",
        "/job.r, r"
    })
    void findsKindByNameAsSparkDoes(String text, String type) {
        MainResource resource = MainResource.of(ResourceUri.of(text));

        assertThat(resource.resourceType()).isEqualTo(type);
        assertThat(resource)
                .isInstanceOf(
                        switch (type) {
                            case "python" -> PythonFile.class;
                            case "r" -> RFile.class;
                            default -> JavaJar.class;
                        });
    }
}
