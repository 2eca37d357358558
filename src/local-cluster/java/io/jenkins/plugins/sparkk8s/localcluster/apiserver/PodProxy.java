package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.internal.http.HttpMethod;

/**
 * Passes requests on to a port of a pod: {@code pods/<name>:<port>/proxy/<path>}. The name may have a scheme in front,
 * as in {@code https:<name>:<port>}; without a port, the first port of the pod's containers is meant.
 *
 * <p>A real API server refuses addresses of the loopback network, where the pods of the local cluster are.
 */
final class PodProxy {

    private final ApiServerParts parts;
    private final OkHttpClient client;

    PodProxy(ApiServerParts parts) {
        this.parts = parts;
        this.client = parts.kubelets().withoutRedirects();
    }

    /**
     * Answers with what the pod answers.
     *
     * @throws ApiException 400 for a malformed name, 404 when there is no such pod, 503 when the port does not answer
     */
    Answer answer(ResourcePath path, ApiRequest request) {
        Target target = Target.of(path.name());
        var pod = parts.registry().get(ResourceTypes.core("pods"), path.namespace(), target.pod());
        String prefix = request.path()
                .substring(0, request.path().length() - path.below().length());
        if (path.below().isEmpty() && List.of("GET", "HEAD").contains(request.method())) {
            return new Answer.Stream(301, null, prefix + "/", java.io.InputStream.nullInputStream());
        }
        String address = Json.text(pod, "status", "podIP");
        String port = target.port().isEmpty() ? firstPort(pod) : target.port();
        if (address.isEmpty()) {
            throw unreachable(":" + port, "connect: connection refused");
        }
        return forward(target.scheme() + "://" + address + ":" + port, path.below(), prefix, request);
    }

    private Answer forward(String base, String below, String prefix, ApiRequest request) {
        HttpUrl url = HttpUrl.get(base + "/")
                .newBuilder()
                .addPathSegments(below.replaceFirst("^/", ""))
                .encodedQuery(request.rawQuery().isEmpty() ? null : request.rawQuery())
                .build();
        Request.Builder outgoing = new Request.Builder()
                .url(url)
                .header("Accept-Encoding", "identity")
                .method(request.method(), body(request));
        if (!request.accept().isEmpty()) {
            outgoing.header("Accept", request.accept());
        }
        try {
            Response response = client.newCall(outgoing.build()).execute();
            return new Answer.Stream(
                    response.code(),
                    response.header("Content-Type"),
                    location(response.header("Location"), base, prefix),
                    Objects.requireNonNull(response.body()).byteStream());
        } catch (IOException e) {
            throw unreachable(url.host() + ":" + url.port(), "connect: connection refused");
        }
    }

    private static RequestBody body(ApiRequest request) {
        if (!HttpMethod.permitsRequestBody(request.method())) {
            return null;
        }
        MediaType type = request.contentType().isEmpty() ? null : MediaType.parse(request.contentType());
        return RequestBody.create(request.body(), type);
    }

    /** A redirect within the pod leads through the proxy again. */
    private static String location(String location, String base, String prefix) {
        if (location == null) {
            return null;
        }
        String path = location.startsWith(base) ? location.substring(base.length()) : location;
        return path.startsWith("/") ? prefix + path : path;
    }

    private static String firstPort(com.fasterxml.jackson.databind.JsonNode pod) {
        return Json.list(pod, "spec", "containers").stream()
                .flatMap(c -> Json.list(c, "ports").stream())
                .map(p -> Json.text(p, "containerPort"))
                .findFirst()
                .orElse("80");
    }

    private static ApiException unreachable(String where, String why) {
        return new ApiException(
                503, "ServiceUnavailable", "error trying to reach service: dial tcp " + where + ": " + why);
    }

    /** The object of a proxy request: {@code [scheme:]name[:port]}. */
    private record Target(String scheme, String pod, String port) {
        static Target of(String id) {
            String[] words = id.split(":", -1);
            boolean schemed = words.length == 3;
            Target target = new Target(
                    schemed && !words[0].isEmpty() ? words[0] : "http",
                    schemed ? words[1] : words[0],
                    words.length == 1 ? "" : words[words.length - 1]);
            boolean known = List.of("http", "https").contains(target.scheme);
            if (words.length > 3 || !known || target.pod.isEmpty() || !target.port.matches("[0-9]{0,5}")) {
                throw ApiException.badRequest("invalid pod request \"" + id + "\"");
            }
            return target;
        }
    }
}
