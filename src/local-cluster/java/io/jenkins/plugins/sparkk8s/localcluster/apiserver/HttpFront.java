package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** The HTTP server in front of the API: one listener and its connections, from start to close. */
final class HttpFront implements AutoCloseable {

    /** Kept, since the logging system forgets the level of a logger without a reference. */
    private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

    private static final int THREADS = 100;
    private static final long STOP_MILLIS = 1000;

    private final Server server;
    private final ServerConnector connector;

    private HttpFront(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Listens on the loopback address.
     *
     * @param port 0 for any free one
     * @param tls null for plain HTTP
     * @throws IllegalStateException when the port is taken
     */
    static HttpFront start(int port, SSLContext tls, ApiHandler handler) {
        if (JETTY.getLevel() == null) {
            // A connection that is cut on demand, or by a client that has seen enough, is no news.
            JETTY.setLevel(Level.SEVERE);
        }
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("apiserver-http");
        threads.setDaemon(true);
        threads.setStopTimeout(STOP_MILLIS);
        Server server = new Server(threads);
        server.setStopTimeout(0);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        HttpConnectionFactory factory = new HttpConnectionFactory(http);
        ServerConnector connector = tls == null
                ? new ServerConnector(server, 1, 1, factory)
                : new ServerConnector(server, 1, 1, secure(tls), factory);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        // Watches and followed logs may be silent for as long as they like.
        connector.setIdleTimeout(0);
        server.addConnector(connector);
        ServerWebSocketContainer webSockets = ServerWebSocketContainer.ensure(server);
        webSockets.setIdleTimeout(Duration.ZERO);
        handler.webSockets(webSockets);
        server.setHandler(handler);
        HttpFront front = new HttpFront(server, connector);
        front.start();
        return front;
    }

    private static org.eclipse.jetty.server.SslConnectionFactory secure(SSLContext tls) {
        SslContextFactory.Server context = new SslContextFactory.Server();
        context.setSslContext(tls);
        return new org.eclipse.jetty.server.SslConnectionFactory(context, "http/1.1");
    }

    private void start() {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException(
                    "the API server cannot listen on port " + connector.getPort() + ": " + e.getMessage(), e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    /** Closes the listener and all connections. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the API server's HTTP server does not stop", e);
        }
    }
}
