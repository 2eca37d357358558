package io.jenkins.plugins.sparkk8s.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ApiFailureTest {

    @Test
    void namesTheTimeLimitAndNotHowTheRequestWasBrokenOff() {
        InterruptedIOException timeout = new InterruptedIOException("timeout");
        timeout.initCause(new SocketException("Socket closed"));

        assertThat(ApiFailure.describe(new KubernetesClientException("list", timeout)))
                .isEqualTo("no response in time");
        assertThat(ApiFailure.describe(new KubernetesClientException("list", new TimeoutException())))
                .isEqualTo("no response in time");
    }

    @Test
    void namesTheInnermostCauseOfAConnectionThatFailed() {
        assertThat(ApiFailure.describe(new KubernetesClientException(
                        "list", new IOException("list", new ConnectException("Connection refused")))))
                .isEqualTo("Connection refused");
    }

    @Test
    void namesTheAnswerOfTheServer() {
        assertThat(ApiFailure.describe(new KubernetesClientException(new StatusBuilder()
                        .withCode(503)
                        .withMessage("overloaded")
                        .build())))
                .isEqualTo("503 overloaded");
    }
}
