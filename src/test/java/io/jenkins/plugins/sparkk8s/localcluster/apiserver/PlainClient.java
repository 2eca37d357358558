package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sends requests as they are, with nothing a client library would add or repair. */
final class PlainClient {

    static final String PODS = "/api/v1/namespaces/default/pods";
    static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String url;
    private final String token;

    PlainClient(KubernetesApiServer server) {
        this(server, server.adminToken());
    }

    PlainClient(KubernetesApiServer server, String token) {
        this.url = server.url();
        this.token = token;
    }

    /** An answer: its status, its body, how to try again and where else to ask. */
    record Reply(int code, JsonNode body, String retryAfter, String location) {
        String text(String... path) {
            return Json.text(body, path);
        }

        List<String> names() {
            return Json.list(body, "items").stream()
                    .map(i -> Json.text(i, "metadata", "name"))
                    .toList();
        }
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", "");
    }

    Reply get(String path, String accept) throws IOException, InterruptedException {
        return reply(http.send(request(path).header("Accept", accept).build(), HttpResponse.BodyHandlers.ofString()));
    }

    Reply post(String path, String json) throws IOException, InterruptedException {
        return send("POST", path, "application/json", json);
    }

    Reply put(String path, String json) throws IOException, InterruptedException {
        return send("PUT", path, "application/json", json);
    }

    Reply patch(String path, String format, String patch) throws IOException, InterruptedException {
        return send("PATCH", path, "application/" + format, patch);
    }

    Reply delete(String path, String options) throws IOException, InterruptedException {
        return send("DELETE", path, "application/json", options);
    }

    Reply send(String method, String path, String contentType, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).timeout(Duration.ofSeconds(20));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        request.method(
                method,
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        return reply(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    private static Reply reply(HttpResponse<String> response) throws IOException {
        boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
        JsonNode node =
                json ? Json.MAPPER.readTree(response.body()) : Json.object().textNode(response.body());
        return new Reply(
                response.statusCode(),
                node,
                response.headers().firstValue("Retry-After").orElse(""),
                response.headers().firstValue("Location").orElse(""));
    }

    /** Opens a watch as plain HTTP lines. */
    Lines watch(String pathAndQuery) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(request(pathAndQuery).build(), HttpResponse.BodyHandlers.ofInputStream());
        return new Lines(response);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path.replace(" ", "%20").replace("\"", "%22")));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    /** The lines of a watch, as they come, read by a thread of their own until {@link #close} or the end. */
    static final class Lines implements AutoCloseable {
        private final InputStream stream;
        private final int code;
        private final List<JsonNode> events = new CopyOnWriteArrayList<>();
        private volatile String end = "";

        private Lines(HttpResponse<InputStream> response) {
            this.stream = response.body();
            this.code = response.statusCode();
            Thread reader = new Thread(this::read, "watch-lines");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    events.add(Json.MAPPER.readTree(line));
                }
                end = "clean";
            } catch (IOException e) {
                end = "broken";
            }
        }

        int code() {
            return code;
        }

        /** Empty while open, then {@code clean} or {@code broken}. */
        String end() {
            return end;
        }

        List<JsonNode> events() {
            return events;
        }

        /** Events as {@code ADDED name}, without bookmarks. */
        List<String> seen() {
            return events.stream()
                    .filter(e -> !Json.text(e, "type").equals("BOOKMARK"))
                    .map(e -> Json.text(e, "type") + " " + Json.text(e, "object", "metadata", "name"))
                    .toList();
        }

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    static String configMap(String name) {
        return "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"k\":\"v\"}}";
    }

    static String configMap(String name, String label, String ownerUid) {
        String owner = ownerUid.isEmpty()
                ? ""
                : ",\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"o\",\"uid\":\"" + ownerUid
                        + "\",\"blockOwnerDeletion\":true}]";
        return "{\"metadata\":{\"name\":\"" + name + "\",\"labels\":{\"app\":\"" + label + "\"}" + owner + "}}";
    }

    static String pod(String name) {
        return pod(name, "");
    }

    static String pod(String name, String nodeName) {
        String node = nodeName.isEmpty() ? "" : "\"nodeName\":\"" + nodeName + "\",";
        return "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{" + node
                + "\"containers\":[{\"name\":\"main\",\"image\":\"spark\"}]}}";
    }
}
