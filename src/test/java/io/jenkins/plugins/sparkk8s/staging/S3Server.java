package io.jenkins.plugins.sparkk8s.staging;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;

/** A real server of the S3 protocol, s3proxy, in a JVM of its own: its libraries are others than those under test. */
final class S3Server implements AutoCloseable {
    private static final String KEY = "AKIDEXAMPLE";
    private static final String SECRET = "a-secret-key";

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

    /** With one bucket, named uploads. */
    static S3Server start(Path directory) throws IOException {
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
        Awaitility.await("s3proxy").atMost(Duration.ofSeconds(60)).until(server::isListening);
        return server;
    }

    private boolean isListening() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    Map<String, String> properties() {
        return properties(port);
    }

    /** @param through port of what stands before the server */
    Map<String, String> properties(int through) {
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

    HadoopGateway gateway() {
        return new HadoopGateway(new HadoopSettings(properties(), null, false));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
