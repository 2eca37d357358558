package io.jenkins.plugins.sparkk8s.monitor.log;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Reads the logs of a pod with plain requests: the client library's own log operations look the pod up with an
 * informer (a list and a watch) before each read, and block a thread. Immutable.
 *
 * @param client must not repeat requests by itself
 * @param previous whether the log is that of the containers before they were started again
 * @param requests bounds the reads of all applications
 */
public record PodLogSource(
        KubernetesClient client, String namespace, String pod, boolean previous, LogRequests requests)
        implements LogSource {

    /** Of the containers as they run now, or ran last. */
    public PodLogSource(KubernetesClient client, String namespace, String pod, LogRequests requests) {
        this(client, namespace, pod, false, requests);
    }

    /** The same for another pod of the namespace. */
    public PodLogSource of(String otherPod, boolean previousRun) {
        return new PodLogSource(client, namespace, otherPod, previousRun, requests);
    }

    @Override
    public Transfer open(Query query, Receiver receiver) {
        LogRequests.Kind kind = query.limitBytes() == null ? LogRequests.Kind.LONG : LogRequests.Kind.SHORT;
        return new PodLogTransfer(client, request(query), receiver, requests).start(kind);
    }

    @Override
    public String command(String container) {
        return "kubectl logs --namespace=%s %s --container=%s".formatted(namespace, pod, container);
    }

    private HttpRequest request(Query query) {
        return client.getHttpClient()
                .newHttpRequestBuilder()
                .uri(uri(query))
                .timeout(query.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .build();
    }

    private String uri(Query query) {
        StringBuilder uri = new StringBuilder(client.getMasterUrl().toString());
        while (uri.charAt(uri.length() - 1) == '/') {
            uri.setLength(uri.length() - 1);
        }
        uri.append("/api/v1/namespaces/").append(encode(namespace));
        uri.append("/pods/").append(encode(pod));
        uri.append("/log?timestamps=true");
        if (query.container() != null) {
            uri.append("&container=").append(encode(query.container()));
        }
        if (previous) {
            uri.append("&previous=true");
        }
        if (query.follow()) {
            uri.append("&follow=true");
        }
        if (query.sinceTime() != null) {
            uri.append("&sinceTime=").append(encode(query.sinceTime()));
        }
        if (query.tailLines() != null) {
            uri.append("&tailLines=").append(query.tailLines());
        }
        if (query.limitBytes() != null) {
            uri.append("&limitBytes=").append(query.limitBytes());
        }
        return uri.toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
