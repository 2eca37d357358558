package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.URIUtil;

/** Reads requests from the HTTP server. */
final class HttpRequests {

    /** The most a real API server takes (etcd's limit and a margin). */
    private static final int BODY_MAX = 3 * 1024 * 1024;

    private HttpRequests() {}

    static ApiRequest read(Request request) throws IOException {
        Map<String, List<String>> parameters = new HashMap<>();
        Request.extractQueryParameters(request).forEach(f -> parameters.put(f.getName(), f.getValues()));
        byte[] body;
        try (InputStream in = Request.asInputStream(request)) {
            body = in.readNBytes(BODY_MAX + 1);
        }
        String path = URIUtil.decodePath(request.getHttpURI().getPath());
        return new ApiRequest(
                request.getMethod(),
                path.replaceAll("//+", "/"),
                Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""),
                parameters,
                header(request, HttpHeader.CONTENT_TYPE),
                header(request, HttpHeader.ACCEPT),
                header(request, HttpHeader.AUTHORIZATION),
                body,
                header(request, HttpHeader.UPGRADE).equalsIgnoreCase("websocket"));
    }

    private static String header(Request request, HttpHeader header) {
        return Objects.requireNonNullElse(request.getHeaders().get(header), "");
    }
}
