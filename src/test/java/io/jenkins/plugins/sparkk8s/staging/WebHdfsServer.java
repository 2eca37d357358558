package io.jenkins.plugins.sparkk8s.staging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The WebHDFS REST interface of a name node and its data node, as far as an upload and a pattern need it. */
public final class WebHdfsServer implements AutoCloseable {
    private static final String ROOT = "/webhdfs/v1";

    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean isHonest;

    public WebHdfsServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext(ROOT, this::answer);
        server.start();
    }

    public String url() {
        return "webhdfs://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Null when there is no such file. */
    public String content(String path) {
        byte[] bytes = files.get(path);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** There is this file, and from now on only what has been put or written. */
    public void put(String path, byte[] content) {
        isHonest = true;
        files.put(path, content);
    }

    /** How many files have been asked for. */
    public int reads() {
        return reads.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(ROOT.length());
        String query = exchange.getRequestURI().getQuery();
        byte[] body = exchange.getRequestBody().readAllBytes();
        String operation = query.replaceAll("^op=([A-Z]+).*$", "$1");
        switch (operation) {
            case "MKDIRS" -> send(exchange, 200, "{\"boolean\":true}");
            case "CREATE" -> create(exchange, path, query, body);
            case "LISTSTATUS" ->
                send(exchange, 200, "{\"FileStatuses\":{\"FileStatus\":[%s]}}".formatted(statuses(path + "/")));
            case "GETFILESTATUS" -> find(exchange, path);
            case "OPEN" -> open(exchange, path, query);
            default -> send(exchange, 400, "{}");
        }
    }

    /** What a folder holds; a file of some name where nothing was written. */
    private String statuses(String folder) {
        List<String> names = files.keySet().stream()
                .filter(path -> path.startsWith(folder))
                .map(path -> status(path.substring(folder.length()), true))
                .toList();
        return names.isEmpty() ? status("a.txt", true) : String.join(",", names);
    }

    /** Where something has been put, what has not is not there; else it is a folder. */
    private void find(HttpExchange exchange, String path) throws IOException {
        boolean isFile = files.containsKey(path);
        if (isHonest && !isFile && files.keySet().stream().noneMatch(file -> file.startsWith(path + "/"))) {
            send(
                    exchange,
                    404,
                    "{\"RemoteException\":{\"exception\":\"FileNotFoundException\",\"javaClassName\":\"java.io.FileNotFoundException\",\"message\":\"File does not exist: %s\"}}"
                            .formatted(path));
        } else {
            send(exchange, 200, "{\"FileStatus\":%s}".formatted(status("", isFile)));
        }
    }

    private void open(HttpExchange exchange, String path, String query) throws IOException {
        reads.incrementAndGet();
        if (!query.endsWith("&datanode=true")) {
            redirect(exchange);
            return;
        }
        byte[] content = files.get(path);
        exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
        exchange.sendResponseHeaders(200, content.length == 0 ? -1 : content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    private void redirect(HttpExchange exchange) throws IOException {
        String here = "http://127.0.0.1:%d%s&datanode=true"
                .formatted(server.getAddress().getPort(), exchange.getRequestURI());
        exchange.getResponseHeaders().set("Location", here);
        send(exchange, 307, "");
    }

    private void create(HttpExchange exchange, String path, String query, byte[] body) throws IOException {
        if (!query.endsWith("&datanode=true")) {
            redirect(exchange);
        } else {
            files.put(path, body);
            send(exchange, 201, "");
        }
    }

    private static String status(String name, boolean file) {
        return """
                {"pathSuffix":"%s","type":"%s","length":5,"owner":"o","group":"g","permission":"644","accessTime":0,\
                "modificationTime":0,"blockSize":1024,"replication":1,"fileId":1,"childrenNum":0,"storagePolicy":0}""".formatted(name, file ? "FILE" : "DIRECTORY");
    }

    private static void send(HttpExchange exchange, int code, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=utf-8");
        exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
