package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.staging.files.FileDigests;
import io.jenkins.plugins.sparkk8s.staging.files.FileReading;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedFile;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what is to be uploaded, but for large files of which none of that size is there: those are read while they are sent. */
final class LocalItems {
    /** From this size on it pays to list the upload path, lest the file is read twice. */
    private static final long LARGE = 4 * 1024 * 1024;

    private final StagingPlan plan;
    private final UploadStore store;
    private final StoreCalls calls;
    private final FileDigests digests;

    LocalItems(StagingPlan plan, UploadStore store, StoreCalls calls, FileDigests digests) {
        this.plan = plan;
        this.store = store;
        this.calls = calls;
        this.digests = digests;
    }

    /** In the order of the plan. */
    List<UploadItem> read() throws IOException, InterruptedException {
        boolean readsAll = mustReadAll();
        List<UploadItem> items = new ArrayList<>(
                new Parts(calls).each(plan.files(), file -> readsAll ? read(file) : readUnlessLarge(file)));
        List<UploadItem> unread = items.stream().filter(item -> !item.isRead()).toList();
        if (!unread.isEmpty()) {
            readThoseThatMayBeThere(items, unread);
        }
        digests.remember();
        return items;
    }

    /** Where a file cannot be renamed its name must be known first, and so must what files hold that have a name in common. */
    private boolean mustReadAll() {
        return store.publication() == UploadStore.Publication.ON_CLOSE
                || plan.nameTwice((one, other) -> !one.equals(other)).isPresent();
    }

    private void readThoseThatMayBeThere(List<UploadItem> items, List<UploadItem> unread)
            throws IOException, InterruptedException {
        List<StoredFile> there = calls.one(() -> store.list(plan.root()));
        List<UploadItem> known = unread.stream()
                .filter(item -> there.stream().anyMatch(found -> UploadNames.isSharedOf(found.name(), item.size())))
                .toList();
        List<UploadItem> read = new Parts(calls).each(known, item -> read(item.file()));
        for (int i = 0; i < known.size(); i++) {
            items.set(items.indexOf(known.get(i)), read.get(i));
        }
    }

    private UploadItem read(StagedFile file) throws InterruptedException {
        try {
            return UploadItem.read(file, digests, new FileReading(calls.computing(), calls::progressed));
        } catch (IOException e) {
            throw UploadFailures.of(file, plan.root(), e);
        }
    }

    private UploadItem readUnlessLarge(StagedFile file) throws InterruptedException {
        if (file.packed() != null) {
            return read(file);
        }
        try {
            Path source = file.source();
            Optional<FileDigests.Content> remembered = digests.remembered(source);
            if (remembered.isPresent()) {
                return UploadItem.of(file, remembered.get());
            }
            BasicFileAttributes found = Files.readAttributes(source, BasicFileAttributes.class);
            return found.isRegularFile() && found.size() >= LARGE ? UploadItem.unread(file, found.size()) : read(file);
        } catch (IOException e) {
            throw UploadFailures.of(file, plan.root(), e);
        }
    }
}
