package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.URIUtil;

/** Reads requests from the HTTP server. */
final class HttpRequests {

    /** The old form of a watch, {@code /api/v1/watch/…}. */
    private static final Pattern WATCH = Pattern.compile("(/api/v1|/apis/[^/]+/[^/]+)/watch(/.*)");

    private HttpRequests() {}

    static ApiRequest read(Request request) throws IOException {
        Map<String, List<String>> parameters = new HashMap<>();
        Request.extractQueryParameters(request).forEach(f -> parameters.put(f.getName(), f.getValues()));
        byte[] body;
        try (InputStream in = Request.asInputStream(request)) {
            body = in.readNBytes(ApiRequest.BODY_MAX + 1);
            // Read to its end, or the client would not get to read the answer.
            in.transferTo(OutputStream.nullOutputStream());
        }
        String path = URIUtil.decodePath(request.getHttpURI().getPath()).replaceAll("//+", "/");
        Matcher watch = WATCH.matcher(path);
        if (watch.matches()) {
            path = watch.group(1) + watch.group(2);
            parameters.put("watch", List.of("true"));
        }
        return new ApiRequest(
                request.getMethod(),
                path,
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
