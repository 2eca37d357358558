package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.staging.files.LocalFiles;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A submitter in a JVM of its own, which may be killed at any moment: uploads some of the files in a folder for one
 * application after the other, compares what has arrived byte by byte, and gives it free. Prints what it does.
 */
final class SubmitterProcess {
    private static final int MOST_BYTES = 100_000_000;

    private final String root;
    private final HadoopGateway hadoop;
    private final List<Path> sources;
    private final Random random;

    private SubmitterProcess(String root, HadoopGateway hadoop, List<Path> sources, Random random) {
        this.root = root;
        this.hadoop = hadoop;
        this.sources = sources;
        this.random = random;
    }

    /** @param args upload path, file with Hadoop's properties, folder of the files, number of the first application */
    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(Path.of(args[1]))) {
            properties.load(in);
        }
        Map<String, String> hadoop = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
        int number = Integer.parseInt(args[3]);
        List<Path> sources;
        try (Stream<Path> entries = Files.list(Path.of(args[2]))) {
            sources = entries.sorted().toList();
        }
        SubmitterProcess submitter = new SubmitterProcess(
                args[0], new HadoopGateway(new HadoopSettings(hadoop, null, false)), sources, new Random(number));
        while (true) {
            say("begin", number);
            submitter.application(number);
            say("end", number);
            number++;
        }
    }

    private static void say(String what, Object subject) {
        System.out.println(what + " " + subject);
        System.out.flush();
    }

    private void application(int number) throws Exception {
        Path[] some = sources.stream().filter(file -> random.nextInt(3) == 0).toArray(Path[]::new);
        ArtifactUploader uploader = new ArtifactUploader(hadoop);
        StagedArtifacts staged = uploader.upload(
                Applications.shared(
                        Applications.identity(number), root, some.length == 0 ? new Path[] {sources.get(0)} : some),
                StagingListener.SILENT);
        try (UploadStore store = hadoop.open(root)) {
            for (Map.Entry<String, String> file : staged.remoteLocations().entrySet()) {
                Path local = ResourceUri.of(file.getKey()).localPath();
                // What is escaped for the driver is not in the store.
                check(store, local, UploadNames.parentOf(file.getValue()) + "/" + local.getFileName());
            }
        }
        uploader.delete(staged).forEach(sentence -> say("failed", sentence));
    }

    private static void check(UploadStore store, Path local, String remote) throws IOException {
        for (Path path : LocalFiles.below(local)) {
            if (Files.isRegularFile(path)) {
                String name = local.relativize(path).toString();
                String target = name.isEmpty() ? remote : remote + "/" + name;
                try {
                    boolean same = Arrays.equals(store.read(target, MOST_BYTES), Files.readAllBytes(path));
                    say(same ? "checked" : "mixed", target);
                } catch (IOException e) {
                    say("lost", e);
                }
            }
        }
    }

    /** Uploads until it is killed. */
    static Process start(String root, Path properties, Path sources, int firstNumber) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx200m",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.config.file=src/test/logging.properties",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SubmitterProcess.class.getName(),
                        root,
                        properties.toString(),
                        sources.toString(),
                        String.valueOf(firstNumber))
                .redirectErrorStream(true)
                .start();
    }
}
