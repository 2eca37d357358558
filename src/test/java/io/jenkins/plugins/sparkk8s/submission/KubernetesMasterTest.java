package io.jenkins.plugins.sparkk8s.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of {@code spark.master}, as Spark reads them. */
class KubernetesMasterTest {
    @ParameterizedTest
    @CsvSource({
        "k8s://host:6443,https://host:6443",
        "k8s://https://host:6443,https://host:6443",
        "k8s://http://127.0.0.1:8001,http://127.0.0.1:8001",
        "k8s://HTTPS://host/path,https://host/path",
    })
    void readsHttpAndHttps(String master, String apiServer) {
        KubernetesMaster parsed = KubernetesMaster.parse(master);
        assertThat(parsed.apiServer()).isEqualTo(apiServer);
        assertThat(parsed.sparkMaster()).isEqualTo("k8s://" + apiServer);
        assertThat(parsed.isPlainHttp()).isEqualTo(apiServer.startsWith("http:"));
    }

    @ParameterizedTest
    @CsvSource({
        "local[*],run",
        "yarn,Only Kubernetes",
        "spark://host:7077,Only Kubernetes",
        "https://host:6443,prefix k8s:// is missing",
        "k8s://ftp://host,scheme ftp",
        "k8s://,names no API server",
        "k8s://https://,names no API server",
        "'',prefix k8s:// is missing",
    })
    void refusesOthersWithAReason(String master, String reason) {
        assertThatThrownBy(() -> KubernetesMaster.parse(master))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'" + master + "'")
                .hasMessageContaining("spark.master")
                .hasMessageContaining(reason)
                .hasMessageContaining("k8s://https://");
    }

    @Test
    void ignoresBlanksAround() {
        assertThat(KubernetesMaster.parse(" k8s://host ").apiServer()).isEqualTo("https://host");
    }
}
