package io.jenkins.plugins.sparkk8s.staging;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The REST interface of Azure Data Lake Storage Gen2 for one account with a hierarchical namespace and one container, as far as
 * an upload needs it and as Microsoft documents it. It verifies the signature of each request by the account's key, and keeps
 * files in memory.
 */
public final class AzureServer implements AutoCloseable {
    public static final String ACCOUNT = "account.dfs.core.windows.net";
    public static final String KEY = Base64.getEncoder().encodeToString("the key of the account".getBytes());
    private static final String CONTAINER = "/account/uploads";
    private static final String NAME_IS_TAKEN = "409 PathAlreadyExists";
    private static final String NOT_FOUND = "404 PathNotFound";

    private final HttpServer server;
    private final TreeMap<String, Entry> entries = new TreeMap<>();
    private long versions;

    /** A file, or a folder when it has no bytes. */
    private static final class Entry {
        private byte[] bytes;
        private final Map<Long, byte[]> appended = new TreeMap<>();
        private String tag;

        Entry(boolean folder) {
            bytes = folder ? null : new byte[0];
        }
    }

    private record Request(String method, String path, Map<String, String> query, Headers headers, byte[] body) {}

    private record Answer(int status, Map<String, String> headers, String body) {
        static Answer of(int status) {
            return new Answer(status, Map.of(), "");
        }

        /** @param error status and code */
        static Answer error(String error, String message) {
            String[] parts = error.split(" ");
            return new Answer(
                    Integer.parseInt(parts[0]), Map.of("x-ms-error-code", parts[1]), """
                    {"error":{"code":"%s","message":"%s"}}""".formatted(parts[1], message));
        }
    }

    public AzureServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::serve);
        server.start();
        put("", true);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Hadoop's properties for a server at this port, without TLS. */
    public static Map<String, String> properties(int port) {
        return Map.of(
                "fs.azure.abfs.endpoint",
                "127.0.0.1:" + port,
                "fs.azure.always.use.https",
                "false",
                "fs.azure.networking.library",
                "JDK_HTTP_URL_CONNECTION",
                "fs.azure.account.key." + ACCOUNT,
                KEY);
    }

    /** All files by their path in the container. */
    public synchronized Map<String, byte[]> files() {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().bytes != null)
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().bytes));
    }

    private synchronized void put(String path, boolean folder) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            entries.computeIfAbsent(path.substring(0, slash), above -> tagged(new Entry(true)));
        }
        entries.put(path, tagged(new Entry(folder)));
    }

    private Entry tagged(Entry entry) {
        entry.tag = "0x%X".formatted(++versions);
        return entry;
    }

    private void serve(HttpExchange exchange) throws IOException {
        Map<String, String> query = new TreeMap<>();
        for (String part :
                Objects.toString(exchange.getRequestURI().getRawQuery(), "").split("&")) {
            String[] pair = part.split("=", 2);
            query.put(pair[0], pair.length < 2 ? "" : URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        Request request = new Request(
                Objects.requireNonNullElse(
                        exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override"), exchange.getRequestMethod()),
                exchange.getRequestURI().getPath(),
                query,
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readAllBytes());
        Answer answer = isSigned(
                        request,
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().getRawPath())
                ? answer(request)
                : Answer.error(
                        "403 AuthenticationFailed",
                        "Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly.");
        Headers headers = exchange.getResponseHeaders();
        headers.set("x-ms-request-id", "id-of-the-request");
        answer.headers().forEach(headers::set);
        boolean hasBody =
                !answer.body().isEmpty() && !exchange.getRequestMethod().equals("HEAD");
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), hasBody ? body.length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private Answer answer(Request request) {
        if (!(request.path() + "/").startsWith(CONTAINER + "/")) {
            return Answer.error("404 FilesystemNotFound", "The specified filesystem does not exist.");
        }
        String path = request.path().substring(CONTAINER.length()).replaceAll("/$", "");
        synchronized (this) {
            return switch (request.method()) {
                case "HEAD" -> status(path);
                case "GET" -> request.query().containsKey("resource") ? list(request) : read(path, request);
                case "PUT" ->
                    request.headers().containsKey("x-ms-rename-source") ? rename(path, request) : create(path, request);
                case "PATCH" -> write(path, request);
                case "DELETE" -> delete(path);
                default -> Answer.error("400 UnsupportedHttpVerb", "No.");
            };
        }
    }

    private static Answer absent() {
        return Answer.error(NOT_FOUND, "The specified path does not exist.");
    }

    private static String now() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }

    private Map<String, String> properties(Entry entry) {
        return Map.of(
                "ETag",
                "\"" + entry.tag + "\"",
                "Last-Modified",
                now(),
                "x-ms-resource-type",
                entry.bytes == null ? "directory" : "file",
                "x-ms-owner",
                "$superuser",
                "x-ms-group",
                "$superuser",
                "x-ms-permissions",
                "rw-r-----",
                "Content-Length",
                String.valueOf(entry.bytes == null ? 0 : entry.bytes.length));
    }

    private Answer status(String path) {
        Entry entry = entries.get(path);
        return entry == null ? absent() : new Answer(200, properties(entry), "");
    }

    private Answer create(String path, Request request) {
        Entry there = entries.get(path);
        boolean folder = "directory".equals(request.query().get("resource"));
        String match = request.headers().getFirst("If-Match");
        if (there != null && "*".equals(request.headers().getFirst("If-None-Match"))) {
            return Answer.error(NAME_IS_TAKEN, "The specified path already exists.");
        }
        if (match != null && (there == null || !match.replace("\"", "").equals(there.tag))) {
            return Answer.error(
                    "412 ConditionNotMet", "The condition specified using HTTP conditional header(s) is not met.");
        }
        if (there == null || !folder) {
            put(path, folder);
        }
        return new Answer(201, Map.of("ETag", "\"" + entries.get(path).tag + "\"", "Last-Modified", now()), "");
    }

    /** Blocks come in any order. */
    private Answer write(String path, Request request) {
        Entry entry = entries.get(path);
        if (entry == null) {
            return absent();
        }
        long position = Long.parseLong(request.query().get("position"));
        if (request.query().get("action").equals("append")) {
            entry.appended.put(position, request.body());
            return Answer.of(202);
        }
        byte[] bytes = Arrays.copyOf(entry.bytes, (int) position);
        long end = entry.bytes.length;
        for (Map.Entry<Long, byte[]> block : entry.appended.entrySet()) {
            if (block.getKey() != end || end + block.getValue().length > position) {
                break;
            }
            System.arraycopy(block.getValue(), 0, bytes, (int) end, block.getValue().length);
            end += block.getValue().length;
        }
        if (end != position) {
            return Answer.error("400 InvalidFlushPosition", "The uploaded data is not contiguous.");
        }
        entry.bytes = bytes;
        entry.appended.clear();
        tagged(entry);
        return new Answer(200, Map.of("ETag", "\"" + entry.tag + "\"", "Last-Modified", now()), "");
    }

    private Answer read(String path, Request request) {
        Entry entry = entries.get(path);
        if (entry == null || entry.bytes == null) {
            return absent();
        }
        String range = request.headers().getFirst("x-ms-range");
        String[] ends = Objects.toString(range == null ? request.headers().getFirst("Range") : range, "bytes=0-")
                .replace("bytes=", "")
                .split("-", -1);
        int from = Integer.parseInt(ends[0]);
        int to = ends[1].isEmpty() ? entry.bytes.length : Math.min(entry.bytes.length, Integer.parseInt(ends[1]) + 1);
        String text = new String(Arrays.copyOfRange(entry.bytes, from, to), StandardCharsets.UTF_8);
        Map<String, String> headers = new TreeMap<>(properties(entry));
        headers.put("Content-Range", "bytes %d-%d/%d".formatted(from, to - 1, entry.bytes.length));
        headers.remove("Content-Length");
        return new Answer(206, headers, text);
    }

    private Answer list(Request request) {
        String folder = request.query()
                .getOrDefault("directory", "")
                .replaceAll("^/?(.+)$", "/$1")
                .replaceAll("/$", "");
        Entry there = entries.get(folder);
        if (there == null) {
            return absent();
        }
        boolean recursive = Boolean.parseBoolean(request.query().get("recursive"));
        List<String> found = new ArrayList<>();
        entries.forEach((path, entry) -> {
            String below = path.startsWith(folder + "/") ? path.substring(folder.length() + 1) : "";
            if (!below.isEmpty() && (recursive || below.indexOf('/') < 0)) {
                found.add("""
                        {"name":"%s","contentLength":"%d","isDirectory":"%s","lastModified":"%s","etag":"%s",\
                        "owner":"o","group":"g","permissions":"rw-r-----"}""".formatted(
                                path.substring(1),
                                entry.bytes == null ? 0 : entry.bytes.length,
                                entry.bytes == null,
                                now(),
                                entry.tag));
            }
        });
        return new Answer(
                200, Map.of("Content-Type", "application/json"), "{\"paths\":[%s]}".formatted(String.join(",", found)));
    }

    private Answer rename(String target, Request request) {
        String source = URLDecoder.decode(
                        request.headers().getFirst("x-ms-rename-source").replaceAll("\\?.*", ""),
                        StandardCharsets.UTF_8)
                .replaceFirst("^/uploads", "");
        Entry entry = entries.get(source);
        if (entry == null) {
            return Answer.error("404 SourcePathNotFound", "The source path for a rename operation does not exist.");
        }
        if (entries.containsKey(target) && "*".equals(request.headers().getFirst("If-None-Match"))) {
            return Answer.error(NAME_IS_TAKEN, "The specified path already exists.");
        }
        String above = target.substring(0, target.lastIndexOf('/'));
        if (!entries.containsKey(above)) {
            return Answer.error("404 RenameDestinationParentPathNotFound", "The parent directory does not exist.");
        }
        Map<String, Entry> moved = new TreeMap<>(entries.subMap(source, true, source + "/\uffff", true));
        moved.keySet().removeIf(path -> !path.equals(source) && !path.startsWith(source + "/"));
        moved.forEach((path, one) -> {
            entries.remove(path);
            entries.put(target + path.substring(source.length()), one);
        });
        return new Answer(201, Map.of("ETag", "\"" + entry.tag + "\"", "Last-Modified", now()), "");
    }

    private Answer delete(String path) {
        if (!entries.containsKey(path)) {
            return absent();
        }
        entries.keySet().removeIf(one -> one.equals(path) || one.startsWith(path + "/"));
        return Answer.of(200);
    }

    /** As Microsoft's "Authorize with Shared Key" has it. */
    private static boolean isSigned(Request request, String method, String rawPath) {
        Headers headers = request.headers();
        List<String> lines = new ArrayList<>();
        lines.add(method);
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
        request.query().forEach((name, value) -> lines.add(name.toLowerCase(Locale.ROOT) + ":" + value));
        String expected = "SharedKey account:" + signature(String.join("\n", lines));
        return expected.equals(headers.getFirst("Authorization"));
    }

    private static String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
