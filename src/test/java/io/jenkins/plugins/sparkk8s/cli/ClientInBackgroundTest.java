package io.jenkins.plugins.sparkk8s.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client is made beside the preparation, and whatever becomes of either, nothing is left open. */
@Timeout(180)
class ClientInBackgroundTest {
    private static KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(Config.empty()).build();
    }

    @Test
    void isMadeOnAnotherThreadAndClosedAtTheEnd() throws Exception {
        KubernetesClient made;
        try (ClientInBackground background = ClientInBackground.start(ClientInBackgroundTest::client)) {
            made = background.await();
            assertThat(made.getHttpClient().isClosed()).isFalse();
        }

        assertThat(made.getHttpClient().isClosed()).isTrue();
    }

    @Test
    void anErrorOfTheSettingsIsThatOfTheOneWhoWaits() {
        try (ClientInBackground background = ClientInBackground.start(() -> {
            throw new ConfigurationException("no kubeconfig");
        })) {
            assertThatThrownBy(background::await)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("no kubeconfig");
        }
    }

    @Test
    void isClosedWhenItComesAfterTheEnd() throws Exception {
        CompletableFuture<KubernetesClient> made = new CompletableFuture<>();
        CountDownLatch closed = new CountDownLatch(1);
        KubernetesClient late = (KubernetesClient) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {KubernetesClient.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("close");
                    closed.countDown();
                    return null;
                });
        ClientInBackground.start(made::join).close();
        assertThat(closed.getCount()).isEqualTo(1);

        made.complete(late);

        assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
