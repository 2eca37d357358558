package io.jenkins.plugins.sparkk8s.localcluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real server of the S3 protocol, s3proxy, in a JVM of its own: its libraries are others than those under test. */
public final class S3Server implements AutoCloseable {
    private static final String KEY = "AKIDEXAMPLE";
    private static final String SECRET = "a-secret-key";
    private static final Duration START = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 100;

    private final Process process;
    private final int port;

    private S3Server(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** The jar that the build puts there. */
    static Path jar() {
        return Path.of(System.getProperty("s3proxy.jar", "target/s3proxy.jar"));
    }

    /**
     * Starts it with one bucket, named uploads.
     *
     * @param directory for its files, which the caller deletes after close
     */
    public static S3Server start(Path directory) throws IOException {
        int port = freePort();
        Files.createDirectories(directory.resolve("store/uploads"));
        Path properties = Files.writeString(
                directory.resolve("s3proxy.conf"), """
                s3proxy.endpoint=http://127.0.0.1:%d
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                jclouds.identity=x
                jclouds.credential=x
                """.formatted(port, KEY, SECRET, directory.resolve("store")));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-DLOG_LEVEL=warn",
                        "-jar",
                        jar().toAbsolutePath().toString(),
                        "--properties",
                        properties.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("s3proxy.log").toFile())
                .start();
        S3Server server = new S3Server(process, port);
        server.awaitStart();
        return server;
    }

    private void awaitStart() throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!isListening()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroy();
                throw new IOException("The S3 server did not start; it needs " + jar().toAbsolutePath());
            }
            try {
                process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                process.destroy();
                throw new InterruptedIOException("interrupted while the S3 server started");
            }
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A port that nothing listens on at the moment. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The port that it listens on. */
    public int port() {
        return port;
    }

    /** Hadoop's properties for it, with the key of a user who may do everything. */
    public Map<String, String> properties() {
        return properties(port);
    }

    /**
     * The same by another way.
     *
     * @param through port of what stands before the server
     */
    public Map<String, String> properties(int through) {
        return new HashMap<>(Map.of(
                "fs.s3a.endpoint",
                "http://127.0.0.1:" + through,
                "fs.s3a.path.style.access",
                "true",
                "fs.s3a.access.key",
                KEY,
                "fs.s3a.secret.key",
                SECRET));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
