package io.jenkins.plugins.sparkk8s.staging;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request to {@link AzureServer}.
 *
 * @param method the one that counts
 * @param exchanged the one of HTTP, which stands for another where a client cannot send that
 * @param rawPath as it was sent
 */
record AzureRequest(
        String method, String exchanged, String rawPath, Map<String, String> query, Headers headers, byte[] body) {

    static AzureRequest of(HttpExchange exchange) throws IOException {
        Map<String, String> query = new TreeMap<>();
        for (String part :
                Objects.toString(exchange.getRequestURI().getRawQuery(), "").split("&")) {
            String[] pair = part.split("=", 2);
            query.put(pair[0], pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        Headers headers = exchange.getRequestHeaders();
        return new AzureRequest(
                Objects.requireNonNullElse(headers.getFirst("X-HTTP-Method-Override"), exchange.getRequestMethod()),
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                query,
                headers,
                exchange.getRequestBody().readAllBytes());
    }

    /** Whether it is signed by the account's key, as Microsoft's "Authorize with Shared Key" has it. */
    boolean isSigned() {
        List<String> lines = new ArrayList<>();
        lines.add(exchanged);
        for (String name : List.of(
                "Content-Encoding",
                "Content-Language",
                "Content-Length",
                "Content-MD5",
                "Content-Type",
                "Date",
                "If-Modified-Since",
                "If-Match",
                "If-None-Match",
                "If-Unmodified-Since",
                "Range")) {
            String value = Objects.toString(headers.getFirst(name), "");
            lines.add(name.equals("Content-Length") && value.equals("0") ? "" : value);
        }
        Map<String, String> own = new TreeMap<>();
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-ms-")) {
                own.put(lower, String.join(",", values).strip());
            }
        });
        own.forEach((name, value) -> lines.add(name + ":" + value));
        lines.add("/account" + rawPath);
        query.forEach((name, value) -> lines.add(name.toLowerCase(Locale.ROOT) + ":" + value));
        String expected = "SharedKey account:" + signature(String.join("\n", lines));
        return expected.equals(headers.getFirst("Authorization"));
    }

    private static String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(AzureServer.KEY), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
