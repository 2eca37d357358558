package io.jenkins.plugins.sparkk8s.staging;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Stands between a client and a server and does to their connections what networks and busy servers do. */
final class FaultyConnection implements AutoCloseable {
    private static final String SLOW_DOWN =
            "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>";

    private final ServerSocket listener;
    private final int target;
    private final boolean tunnel;
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicLong cutAfter = new AtomicLong(Long.MAX_VALUE);
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile String answer = "503 Slow Down|" + SLOW_DOWN;
    private volatile boolean silent;
    private volatile int speed = Integer.MAX_VALUE;
    private volatile long hangAfter = Long.MAX_VALUE;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);
    final AtomicInteger connections = new AtomicInteger();

    FaultyConnection(int target) throws IOException {
        this(target, false);
    }

    /** A proxy that clients ask for a connection to any host, and which leads to this port. */
    static FaultyConnection tunnel(int target) throws IOException {
        return new FaultyConnection(target, true);
    }

    private FaultyConnection(int target, boolean tunnel) throws IOException {
        this.target = target;
        this.tunnel = tunnel;
        this.listener = new ServerSocket();
        // Megabytes that wait here would have been sent for the client.
        listener.setReceiveBufferSize(64 * 1024);
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
        start(() -> {
            while (!listener.isClosed()) {
                Socket client = listener.accept();
                connections.incrementAndGet();
                start(() -> serve(client));
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The next connections are asked for fewer requests. */
    void busy(int times) {
        busy.set(times);
    }

    /** As {@link #busy}, with this answer to every request. */
    void refuse(String status, String body) {
        answer = status + "|" + body;
        busy.set(Integer.MAX_VALUE);
    }

    /** So many connections are cut when the client has sent this many bytes. */
    void cut(int times, long after) {
        cuts.set(times);
        cutAfter.set(after);
    }

    /** The server is gone: its connections are cut with the next byte, and no other is taken. */
    void die() {
        cut(Integer.MAX_VALUE, 0);
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections are taken and nothing is answered. */
    void silent() {
        silent = true;
    }

    /** Nothing passes any more, on any connection, from when a client has sent this many bytes on one of them. */
    void hang(long after) {
        hangAfter = after;
    }

    /** Returns when a client waits for an answer that does not come. */
    void awaitHanging() throws InterruptedException {
        if (!hanging.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no client came that far");
        }
    }

    /** What the client sends arrives at this speed. */
    void slow(int bytesPerSecond) {
        speed = bytesPerSecond;
    }

    private void serve(Socket client) throws IOException {
        if (silent || hanging.getCount() == 0) {
            hanging.countDown();
            return;
        }
        try (client) {
            if (busy.getAndUpdate(left -> left == Integer.MAX_VALUE ? left : Math.max(0, left - 1)) > 0) {
                refuse(client);
                return;
            }
            if (tunnel) {
                connect(client);
            }
            try (Socket server = new Socket("127.0.0.1", target)) {
                start(() -> copy(server.getInputStream(), client.getOutputStream(), client, server, false));
                copy(client.getInputStream(), server.getOutputStream(), client, server, true);
            }
        }
    }

    private static void connect(Socket client) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = client.getInputStream().read();
            if (next < 0) {
                throw new EOFException("no whole request of a client");
            }
            head.append((char) next);
        }
        client.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private void refuse(Socket client) throws IOException {
        client.getInputStream().read(new byte[8192]);
        String[] parts = answer.split("\\|", 2);
        client.getOutputStream()
                .write("""
                HTTP/1.1 %s\r
                Content-Type: application/xml\r
                Content-Length: %d\r
                Connection: close\r
                \r
                %s""".formatted(parts[0], parts[1].length(), parts[1]).getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    private void copy(InputStream in, OutputStream out, Socket client, Socket server, boolean fromClient)
            throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (fromClient && bytes > cutAfter.get() && cuts.getAndDecrement() > 0) {
                    return;
                }
                if (fromClient && bytes > hangAfter) {
                    hanging.countDown();
                }
                if (hanging.getCount() == 0) {
                    awaitEnd();
                    return;
                }
                if (fromClient) {
                    LockSupport.parkNanos(1_000_000_000L * read / speed);
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } finally {
            client.close();
            server.close();
        }
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closed.countDown();
    }
}
