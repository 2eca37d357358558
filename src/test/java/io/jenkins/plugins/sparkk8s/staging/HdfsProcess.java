package io.jenkins.plugins.sparkk8s.staging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real HDFS in a JVM of its own, so that what it needs is not taken for what its client needs. */
final class HdfsProcess implements AutoCloseable {
    private static final String READY = "HDFS at ";

    private final Process process;
    private final String uri;

    private HdfsProcess(Process process, String uri) {
        this.process = process;
        this.uri = uri;
    }

    static HdfsProcess start(Path directory) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Djava.util.logging.config.file=src/test/logging.properties",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HdfsProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return new HdfsProcess(process, line.substring(READY.length()));
            }
        }
        throw new IOException("HDFS did not start");
    }

    /** @param args where it keeps its files */
    public static void main(String[] args) throws Exception {
        try (HdfsCluster hdfs = HdfsCluster.start(Path.of(args[0]))) {
            System.out.println(READY + hdfs.uri());
            System.in.read();
        }
        System.exit(0);
    }

    /** Such as {@code hdfs://localhost:41234}. */
    String uri() {
        return uri;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }
}
