package io.jenkins.plugins.sparkk8s.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/** A new API server for one submission, with the objects that a case needs. */
final class Cluster implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> KINDS = Map.of(
            "pods", "Pod",
            "services", "Service",
            "configmaps", "ConfigMap",
            "secrets", "Secret",
            "persistentvolumeclaims", "PersistentVolumeClaim",
            "networkpolicies", "NetworkPolicy");

    private final KubernetesApiServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Set<String> before = new HashSet<>();

    private Cluster() {
        this.server =
                KubernetesApiServer.builder().port(0).tls(false).dualStack().start();
    }

    /** @param given such as {@code namespace/x}, {@code secret/y} (in the namespace default) or {@code secret/x/y} */
    static Cluster with(List<String> given) throws IOException, InterruptedException {
        Cluster cluster = new Cluster();
        cluster.create("serviceaccount/default");
        for (String object : given) {
            cluster.create(object);
        }
        for (String type : KINDS.keySet()) {
            cluster.list(type).forEach(object -> cluster.before.add(identity(type, object)));
        }
        return cluster;
    }

    String url() {
        return server.url();
    }

    String token() {
        return server.adminToken();
    }

    /** Everything that was created since. */
    SortedMap<String, String> created(UnaryOperator<String> masks) throws IOException, InterruptedException {
        ObjectValues values = new ObjectValues(masks);
        for (Map.Entry<String, String> kind : KINDS.entrySet()) {
            for (JsonNode object : list(kind.getKey())) {
                if (!before.contains(identity(kind.getKey(), object))) {
                    values.add(kind.getValue(), object);
                }
            }
        }
        return values.toMap();
    }

    private static String identity(String type, JsonNode object) {
        return type + " " + object.path("metadata").path("uid").asText();
    }

    private JsonNode list(String type) throws IOException, InterruptedException {
        return JSON.readTree(send(request(group(type) + type).GET().build())).path("items");
    }

    private static String group(String type) {
        return type.equals("networkpolicies") ? "/apis/networking.k8s.io/v1/" : "/api/v1/";
    }

    private void create(String object) throws IOException, InterruptedException {
        String[] parts = object.split("/");
        String namespace = parts.length == 3 ? parts[1] : "default";
        ObjectNode node = JSON.createObjectNode();
        node.putObject("metadata").put("name", parts[parts.length - 1]);
        String inNamespace = "/api/v1/namespaces/" + namespace + "/";
        String path =
                switch (parts[0]) {
                    case "namespace" -> kind(node, "v1", "Namespace", "/api/v1/namespaces");
                    case "serviceaccount" -> kind(node, "v1", "ServiceAccount", inNamespace + "serviceaccounts");
                    case "secret" -> kind(node, "v1", "Secret", inNamespace + "secrets");
                    case "configmap" -> kind(node, "v1", "ConfigMap", inNamespace + "configmaps");
                    case "claim" -> {
                        ObjectNode spec = node.putObject("spec");
                        spec.putArray("accessModes").add("ReadWriteOnce");
                        spec.putObject("resources").putObject("requests").put("storage", "1Gi");
                        yield kind(node, "v1", "PersistentVolumeClaim", inNamespace + "persistentvolumeclaims");
                    }
                    case "storageclass" -> {
                        node.put("provisioner", "example.com/disk");
                        yield kind(node, "storage.k8s.io/v1", "StorageClass", "/apis/storage.k8s.io/v1/storageclasses");
                    }
                    case "priorityclass" -> {
                        node.put("value", 10);
                        yield kind(
                                node,
                                "scheduling.k8s.io/v1",
                                "PriorityClass",
                                "/apis/scheduling.k8s.io/v1/priorityclasses");
                    }
                    default -> throw new IllegalArgumentException(object);
                };
        send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(node.toString()))
                .build());
        if (parts[0].equals("namespace")) {
            create("serviceaccount/" + parts[1] + "/default");
        }
    }

    private static String kind(ObjectNode node, String apiVersion, String kind, String path) {
        node.put("apiVersion", apiVersion).put("kind", kind);
        return path;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).header("Authorization", "Bearer " + token());
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300 && response.statusCode() != 409) {
            throw new IOException(request.uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        server.close();
    }
}
