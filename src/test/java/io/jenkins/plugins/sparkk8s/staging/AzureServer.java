package io.jenkins.plugins.sparkk8s.staging;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * The REST interface of Azure Data Lake Storage Gen2 for one account with a hierarchical namespace and one container, as far as
 * an upload needs it and as Microsoft documents it. It verifies how each request is authorized, by default the signature by the
 * account's key, and keeps files in memory.
 */
public final class AzureServer implements AutoCloseable {
    public static final String ACCOUNT = "account.dfs.core.windows.net";
    public static final String KEY = Base64.getEncoder().encodeToString("the key of the account".getBytes());
    private static final String CONTAINER = "/account/uploads";

    private final HttpServer server;
    private final Predicate<AzureRequest> authorization;
    private final AzureFiles files = new AzureFiles();

    public AzureServer() throws IOException {
        this(AzureRequest::isSigned, null);
    }

    /** @param tls null for a server without */
    AzureServer(Predicate<AzureRequest> authorization, SSLContext tls) throws IOException {
        this.authorization = authorization;
        this.server = tls == null ? HttpServer.create() : HttpsServer.create();
        if (server instanceof HttpsServer secure) {
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        }
        server.bind(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::serve);
        server.start();
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
    public Map<String, byte[]> files() {
        return files.files();
    }

    private void serve(HttpExchange exchange) throws IOException {
        AzureRequest request = AzureRequest.of(exchange);
        AzureAnswer answer = authorization.test(request)
                ? answer(exchange.getRequestURI().getPath(), request)
                : AzureAnswer.error(
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

    private AzureAnswer answer(String path, AzureRequest request) {
        return (path + "/").startsWith(CONTAINER + "/")
                ? files.answer(path.substring(CONTAINER.length()).replaceAll("/$", ""), request)
                : AzureAnswer.error("404 FilesystemNotFound", "The specified filesystem does not exist.");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
