package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.staging.files.LocalFiles;
import io.jenkins.plugins.sparkk8s.staging.files.PackedFolder;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedFile;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.store.StorageErrors;
import io.jenkins.plugins.sparkk8s.staging.store.StorageRefusals;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** One upload in Spark's own layout: each file, or folder with all it holds, to a new folder of this application. */
public final class ApplicationUpload implements Upload {
    private final StagingPlan plan;
    private final UploadStore store;
    private final StoreCalls calls;
    private final StagingListener listener;
    private final FileSender sender;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    public ApplicationUpload(StagingPlan plan, UploadStore store, StoreCalls calls, StagingListener listener) {
        this.plan = plan;
        this.store = store;
        this.calls = calls;
        this.listener = listener;
        this.sender = new FileSender(store, listener, calls);
    }

    @Override
    public List<String> begun() {
        return plan.directories().stream().filter(begun::contains).toList();
    }

    @Override
    public StagedArtifacts run() throws IOException, InterruptedException {
        long total = plan.files().stream()
                .flatMap(file -> file.packed() == null
                        ? Stream.of(file.source())
                        : file.packed().entries().stream()
                                .filter(entry -> entry.link() == null)
                                .map(PackedFolder.Entry::source))
                .mapToLong(LocalFiles::size)
                .sum();
        listener.started(plan.files().size(), total, 0);
        List<Callable<Long>> uploads = new ArrayList<>();
        plan.files().forEach(file -> uploads.add(() -> upload(file)));
        long bytes = calls.all(uploads).stream().mapToLong(Long::longValue).sum();
        Map<String, String> remote = new LinkedHashMap<>();
        plan.files().forEach(file -> remote.put(file.local().location(), file.remoteLocationIn(file.directory())));
        return new StagedArtifacts(remote, plan.directories(), bytes);
    }

    /** Notes the directory for removal, also when an interruption or a lost answer leaves open whether it was made. */
    private long upload(StagedFile file) throws InterruptedException {
        try {
            makeDirectory(file);
            long bytes = send(sender, store, file);
            listener.uploaded(file.source(), file.target(), bytes);
            return bytes;
        } catch (IOException e) {
            throw UploadFailures.of(file, plan.root(), e);
        }
    }

    private void makeDirectory(StagedFile file) throws IOException {
        begun.add(file.directory());
        try {
            store.makeFolder(file.directory());
        } catch (IOException e) {
            if (StorageRefusals.isRefusal(e) || StorageErrors.neverConnected(e)) {
                begun.remove(file.directory());
            }
            throw e;
        }
    }

    /** Sends a file, or a folder with all it holds, to the directory that is its application's own. */
    static long send(FileSender sender, UploadStore store, StagedFile file) throws IOException {
        if (file.packed() != null) {
            return new PackedSender(store, sender).send(file.packed(), file.target(), false, Map.of());
        }
        long bytes = 0;
        for (Path entry : LocalFiles.below(file.source())) {
            String name = file.source().relativize(entry).toString();
            String target = name.isEmpty() ? file.target() : file.target() + "/" + name;
            if (Files.isDirectory(entry)) {
                store.makeFolder(target);
            } else {
                bytes += sender.send(entry, target, false, null).state().size();
            }
        }
        return bytes;
    }
}
