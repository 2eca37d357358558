package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.jenkins.plugins.sparkk8s.localcluster.client.Informers;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps the ConfigMap {@code kube-root-ca.crt}, which the token volume of every pod needs, in every namespace, as the
 * controller root-ca-cert-publisher does.
 */
public final class RootCaPublisher implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(RootCaPublisher.class.getName());
    private static final String NAME = "kube-root-ca.crt";

    private final KubernetesClient client;
    private final String certificate;
    private final ControlLoop loop = new ControlLoop("root-ca-publisher", this::publish);
    private final SharedIndexInformer<Namespace> namespaces;
    private final SharedIndexInformer<ConfigMap> published;

    /**
     * Starts publishing.
     *
     * @param config how to reach the API server, with all rights
     * @param certificate the authority of the API server's certificate, PEM
     */
    public RootCaPublisher(Config config, String certificate) {
        this.client = Informers.patientClient(config);
        this.certificate = certificate;
        namespaces = Informers.start(client.namespaces(), n -> loop.wake(), n -> loop.wake());
        published = Informers.start(
                client.configMaps().inAnyNamespace().withField("metadata.name", NAME),
                c -> loop.wake(),
                c -> loop.wake());
        loop.start();
    }

    private void publish() {
        if (!namespaces.hasSynced() || !published.hasSynced()) {
            return;
        }
        List<String> present = published.getStore().list().stream()
                .map(c -> c.getMetadata().getNamespace())
                .toList();
        namespaces.getStore().list().stream()
                .filter(n -> n.getMetadata().getDeletionTimestamp() == null)
                .map(n -> n.getMetadata().getName())
                .filter(n -> !present.contains(n))
                .forEach(this::publish);
    }

    private void publish(String namespace) {
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME)
                .endMetadata()
                .addToData("ca.crt", certificate)
                .build();
        try {
            client.resource(map).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() < 400 || e.getCode() >= 500) {
                throw e;
            }
            LOGGER.log(Level.FINE, e, () -> "The informers lag behind namespace " + namespace);
        }
    }

    /** Stops; the ConfigMaps stay. */
    @Override
    public void close() {
        loop.close();
        namespaces.stop();
        published.stop();
        client.close();
    }
}
