package io.jenkins.plugins.sparkk8s.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesMasterTest {

    @ParameterizedTest
    @CsvSource({
        "k8s://https://api:6443, https://api:6443",
        "k8s://http://127.0.0.1:8001, http://127.0.0.1:8001",
        "k8s://api:6443, https://api:6443",
        "k8s://api, https://api",
        "k8s://https://rancher/k8s/clusters/c-1, https://rancher/k8s/clusters/c-1",
        "k8s://https://[::1]:6443, https://[::1]:6443",
        "k8s://https://my_api:6443, https://my_api:6443"
    })
    void readsServerAndTakesHttpsWhenThereIsNoScheme(String master, String url) {
        assertThat(KubernetesMaster.parse(master).apiServerUrl()).isEqualTo(url);
        assertThat(KubernetesMaster.parse(master)).hasToString("k8s://" + url);
    }

    @Test
    void recognizesPlainHttp() {
        assertThat(KubernetesMaster.parse("k8s://HTTP://api").isPlainHttp()).isTrue();
        assertThat(KubernetesMaster.parse("k8s://api").isPlainHttp()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yarn", "local[*]", "spark://host:7077", "https://api:6443", "", "K8S://api", " k8s://api"})
    void refusesOtherMastersAndShowsTheForm(String master) {
        assertThatThrownBy(() -> KubernetesMaster.parse(master))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The master '%s' is not a Kubernetes master.", master)
                .hasMessageContaining("k8s://https://kubernetes.example.com:6443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8s://", "k8s:// ", "k8s://://api", "k8s://https://", "k8s://https:///path", "k8s://a b"})
    void refusesMasterWithoutServer(String master) {
        assertThatThrownBy(() -> KubernetesMaster.parse(master))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The master '%s' has no URL of an API server after k8s://.", master);
    }

    @Test
    void refusesOtherSchemes() {
        assertThatThrownBy(() -> KubernetesMaster.parse("k8s://ftp://api"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has the scheme ftp");
    }
}
