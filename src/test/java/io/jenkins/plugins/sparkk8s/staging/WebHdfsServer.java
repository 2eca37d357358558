package io.jenkins.plugins.sparkk8s.staging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The WebHDFS REST interface of a name node and its data node, as far as an upload and a pattern need it. */
public final class WebHdfsServer implements AutoCloseable {
    private static final String ROOT = "/webhdfs/v1";

    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

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

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(ROOT.length());
        String query = exchange.getRequestURI().getQuery();
        byte[] body = exchange.getRequestBody().readAllBytes();
        String operation = query.replaceAll("^op=([A-Z]+).*$", "$1");
        switch (operation) {
            case "MKDIRS" -> send(exchange, 200, "{\"boolean\":true}");
            case "CREATE" -> create(exchange, path, query, body);
            case "LISTSTATUS" ->
                send(exchange, 200, "{\"FileStatuses\":{\"FileStatus\":[%s]}}".formatted(status("a.txt", true)));
            case "GETFILESTATUS" ->
                send(exchange, 200, "{\"FileStatus\":%s}".formatted(status("", files.containsKey(path))));
            default -> send(exchange, 400, "{}");
        }
    }

    private void create(HttpExchange exchange, String path, String query, byte[] body) throws IOException {
        if (!query.endsWith("&datanode=true")) {
            String here = "http://127.0.0.1:%d%s&datanode=true"
                    .formatted(server.getAddress().getPort(), exchange.getRequestURI());
            exchange.getResponseHeaders().set("Location", here);
            send(exchange, 307, "");
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
