package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.staging.Applications;
import io.jenkins.plugins.sparkk8s.staging.ArtifactUploader;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of folders that are named after their content, on a mounted folder. */
abstract class SharedUploadCase {
    @TempDir
    Path temporary;

    final ArtifactUploader uploader =
            new ArtifactUploader(new HadoopGateway(new HadoopSettings(Map.of(), null, false)));
    final List<String> events = Collections.synchronizedList(new ArrayList<>());
    final StagingListener listener = new StagingListener() {
        @Override
        public void uploaded(Path file, String target, long bytes) {
            events.add("sent " + file.getFileName());
        }

        @Override
        public void present(Path file, String target, long bytes) {
            events.add("present " + file.getFileName());
        }
    };
    Path uploads;
    Path source;

    @BeforeEach
    void makeFolders() throws IOException {
        uploads = Files.createDirectory(temporary.resolve("uploads"));
        source = Files.createDirectory(temporary.toRealPath().resolve("source"));
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(source.resolve(name), content);
    }

    StagedArtifacts upload(int application, Path... files) throws InterruptedException {
        return uploader.upload(
                Applications.shared(Applications.identity(application), "file:" + uploads, files), listener);
    }

    List<String> entries() throws IOException {
        try (Stream<Path> found = Files.list(uploads)) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    List<String> sharedFolders() throws IOException {
        return entries().stream().filter(UploadNames::isShared).toList();
    }

    static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    Path remote(StagedArtifacts staged, Path file) {
        return Path.of(staged.remoteLocations().get("file:" + file).substring("file:".length()));
    }

    Path folder(String content) throws IOException {
        Path folder = Files.createDirectories(source.resolve("conf/inner"));
        Files.createDirectories(source.resolve("conf/empty"));
        Files.writeString(folder.resolve("xy %.txt"), content);
        Files.writeString(folder.resolveSibling("a.txt"), "alpha");
        return folder.getParent();
    }
}
