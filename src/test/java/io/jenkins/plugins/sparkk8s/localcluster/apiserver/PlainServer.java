package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An API server without TLS and a client of it, from the instance of a test until after the test. */
final class PlainServer implements AfterEachCallback {
    private final KubernetesApiServer server =
            KubernetesApiServer.builder().tls(false).start();
    private final PlainClient client = new PlainClient(server);

    KubernetesApiServer server() {
        return server;
    }

    PlainClient client() {
        return client;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        server.close();
    }
}
