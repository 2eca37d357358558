package io.jenkins.plugins.sparkk8s.staging.hadoop;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** Uploads a file and finds it again by a pattern; loaded by the plugin's own loader, and called through the JDK's type. */
public final class IsolatedUpload implements Callable<String> {
    private final Path source;
    private final String target;

    public IsolatedUpload(Path source, String target) {
        this.source = source;
        this.target = target;
    }

    @Override
    public String call() throws Exception {
        HadoopGateway gateway = new HadoopGateway(new HadoopSettings(Map.of(), null, false));
        try (UploadStore store = gateway.open(target)) {
            store.write(target, true, out -> Files.copy(source, out));
            long bytes = store.find(target).map(StoredFile::size).orElse(0L);
            if (bytes != source.toFile().length()) {
                throw new IllegalStateException(bytes + " bytes were uploaded");
            }
        }
        return gateway.expand(ResourceUri.of(target.replace("a.txt", "*.txt")))
                .get(0)
                .toString();
    }
}
