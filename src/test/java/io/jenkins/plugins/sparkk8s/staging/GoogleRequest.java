package io.jenkins.plugins.sparkk8s.staging;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * One request to {@link GoogleServer}, alone or in a batch.
 *
 * @param path escaped
 * @param query parameters that are not escaped any more
 * @param headers by their names in lower case
 */
record GoogleRequest(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {

    static GoogleRequest of(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        byte[] body = exchange.getRequestBody().readAllBytes();
        // Of two slashes at the begin Java takes the rest for a host, and the client sends them for a batch.
        URI uri = URI.create(exchange.getRequestURI().toString().replaceFirst("^/+", "/"));
        return of(exchange.getRequestMethod(), uri, headers, body);
    }

    private static GoogleRequest of(String method, URI uri, Map<String, String> headers, byte[] body)
            throws IOException {
        Map<String, String> query = new HashMap<>();
        if (uri.getRawQuery() != null) {
            for (String parameter : uri.getRawQuery().split("&")) {
                String[] parts = parameter.split("=", 2);
                query.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        boolean isCompressed = "gzip".equals(headers.get("content-encoding"));
        return new GoogleRequest(method, uri.getRawPath(), query, headers, isCompressed ? decompressed(body) : body);
    }

    private static byte[] decompressed(byte[] body) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        }
    }

    /** @param text a request as in HTTP/1.1 */
    static GoogleRequest parse(String text) throws IOException {
        String[] parts = text.split("\r\n\r\n", 2);
        String[] lines = parts[0].split("\r\n");
        String[] first = lines[0].split(" ");
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(": *", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
        }
        byte[] body = (parts.length == 1 ? "" : parts[1]).getBytes(StandardCharsets.ISO_8859_1);
        return of(first[0], URI.create(first[1]), headers, body);
    }

    /** What stands between the boundaries of a body in parts. */
    String[] parts() {
        String boundary = headers.get("content-type").replaceFirst(".*boundary=\"?([^\";]+).*", "$1");
        String[] all =
                ("\r\n" + new String(body, StandardCharsets.ISO_8859_1)).split("\r\n--" + Pattern.quote(boundary));
        return Arrays.copyOfRange(all, 1, all.length - 1);
    }
}
