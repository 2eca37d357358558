package io.jenkins.plugins.sparkk8s.bench.controller;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * The process of the API server: one port that answers and one that accepts connections and stays silent. Lean, so that it
 * serves 90,000 pods beside the controller that is measured. Obeys the lines of its standard input until that ends, each
 * answered by one line.
 */
public final class PodServer implements AutoCloseable {
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");
    private static final int THREADS = 1000;
    private static final String SILENT = "silent";

    private final Server server = new Server(threads());
    private final ServerConnector answering = connector("answering");
    private final ServerConnector silent = connector(SILENT);
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final PodStore store;
    private final PodApi api;
    private final PodChanges changes;

    PodServer(ServerSettings settings) throws Exception {
        store = new PodStore(settings.applications(), settings.executors());
        api = new PodApi(settings, store, scheduler);
        changes = new PodChanges(store, scheduler);
        ServerWebSocketContainer webSockets = ServerWebSocketContainer.ensure(server);
        webSockets.setIdleTimeout(Duration.ZERO);
        api.webSockets(webSockets);
        server.setHandler(new SilentOrNot(api));
        server.start();
        // The port stays the same over an outage.
        answering.setPort(answering.getLocalPort());
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 8);
        threads.setDaemon(true);
        return threads;
    }

    private ServerConnector connector(String name) {
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setName(name);
        connector.setHost("127.0.0.1");
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        return connector;
    }

    /** Requests to the silent port stay open without an answer. */
    private static final class SilentOrNot extends Handler.Wrapper {
        SilentOrNot(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            return SILENT.equals(request.getConnectionMetaData().getConnector().getName())
                    || super.handle(request, response, callback);
        }
    }

    /** @param args as of {@link ServerSettings} */
    public static void main(String[] args) throws Exception {
        JETTY.setLevel(Level.SEVERE);
        PodServer server = new PodServer(ServerSettings.of(args));
        System.out.println(server.port() + " " + server.silent.getLocalPort());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            System.out.println(server.obey(command.split(" ")));
        }
        System.exit(0);
    }

    /** @return the answer to a command */
    String obey(String... command) throws Exception {
        switch (command[0]) {
            case "rate" -> changes.rate(Integer.parseInt(command[1]));
            case "replace" -> changes.replaceOneOfEach();
            case "down" -> answering.stop();
            case "up" -> answering.start();
            case "requests" -> {
                return Arrays.stream(RequestKind.values())
                        .map(kind -> String.valueOf(api.requests(kind)))
                        .collect(Collectors.joining(" ", "", " " + api.bytes()));
            }
            case "stamps" -> {
                return Arrays.stream(store.stamps()).mapToObj(String::valueOf).collect(Collectors.joining(" "));
            }
            default -> throw new IllegalArgumentException(command[0]);
        }
        return "";
    }

    int port() {
        return answering.getLocalPort();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The server of the bench does not stop.", e);
        }
    }
}
