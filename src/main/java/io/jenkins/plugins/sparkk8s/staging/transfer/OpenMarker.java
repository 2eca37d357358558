package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.StorageErrors;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The marker of an application that is uploading. It lists each folder before that is looked for; used by several threads. */
final class OpenMarker {
    private final StagingPlan plan;
    private final UploadStore store;
    private final Set<String> folders = new LinkedHashSet<>();
    /** Guarded by this; null unless one file alone is still to be sent. */
    private Map<String, Instant> beforeLast;

    /** Guarded by this; null until a file was moved to it after all others. */
    private String last;

    private volatile boolean isBegun;

    OpenMarker(StagingPlan plan, UploadStore store) {
        this.plan = plan;
        this.store = store;
    }

    /** Adds folders and writes it; also without any, so that a crash does not hide folders of this application alone. */
    synchronized void add(Collection<String> more) throws IOException {
        folders.addAll(more);
        Map<String, Instant> uses = new LinkedHashMap<>();
        folders.forEach(folder -> uses.put(folder, null));
        write(uses, false);
    }

    /**
     * One file alone is still to be sent.
     *
     * @param uploaded the folders of all others, and when what they hold was uploaded
     */
    synchronized void expectLast(Map<String, Instant> uploaded) {
        beforeLast = uploaded;
    }

    /**
     * A file has been sent to a folder of the application alone, and is now to be moved.
     *
     * @param folder to which
     * @param own where it is until then, and stays when it cannot be moved
     */
    synchronized void addSent(String folder, String own) throws IOException {
        if (beforeLast == null) {
            add(List.of(folder));
            return;
        }
        Map<String, Instant> uses = new LinkedHashMap<>(beforeLast);
        uses.put(own, null);
        uses.put(folder, Instant.now());
        write(uses, true);
        last = folder;
    }

    /** Whether it already says that all has been uploaded, with this folder. */
    synchronized boolean listsAsLast(String folder) {
        return folder.equals(last);
    }

    /** @param uploaded all folders that are used, and when what they hold was uploaded */
    synchronized void complete(Map<String, Instant> uploaded) throws IOException {
        write(uploaded, true);
    }

    private void write(Map<String, Instant> uses, boolean complete) throws IOException {
        byte[] text = plan.markerOf(uses, complete).text();
        boolean wasBegun = isBegun;
        isBegun = true;
        try {
            store.write(plan.marker(), false, out -> out.write(text));
        } catch (IOException e) {
            isBegun = wasBegun || !StorageErrors.neverConnected(e);
            throw e;
        }
    }

    /** Whether it may be there, also when an interruption or a lost answer leaves that open. */
    boolean isBegun() {
        return isBegun;
    }

    /** Names of the folders that are about to be removed; to be asked for after they have been added. */
    Set<String> condemned() throws IOException {
        return store.list(UploadNames.condemnedFolder(plan.root())).stream()
                .flatMap(file -> UploadNames.condemned(file.name()).stream())
                .collect(Collectors.toSet());
    }
}
