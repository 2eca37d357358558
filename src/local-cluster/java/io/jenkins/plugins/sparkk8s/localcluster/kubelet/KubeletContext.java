package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.localcluster.client.EventRecorder;
import java.net.URI;
import java.nio.file.Path;

/**
 * What all pods of a kubelet share.
 *
 * @param directory below which the kubelet keeps its files
 * @param apiServer address of the API server as pods reach it
 * @param caCertificatePem CA of the API server, or null
 */
record KubeletContext(
        KubernetesClient client,
        EventRecorder events,
        Path directory,
        Sandbox sandbox,
        SparkImage image,
        PodAddresses addresses,
        ServiceNames names,
        URI apiServer,
        String caCertificatePem) {}
