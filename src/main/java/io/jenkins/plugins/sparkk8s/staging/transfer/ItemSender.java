package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.staging.files.FileDigests;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedFile;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.StorageErrors;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sends one item after the other to its shared folder, as a whole or not at all, or to one of the application alone. */
final class ItemSender {
    private final StagingPlan plan;
    private final UploadStore store;
    private final FileSender sender;
    private final OpenMarker marker;
    private final FileDigests digests;

    ItemSender(StagingPlan plan, UploadStore store, FileSender sender, OpenMarker marker, FileDigests digests) {
        this.plan = plan;
        this.store = store;
        this.sender = sender;
        this.marker = marker;
        this.digests = digests;
    }

    /**
     * Where an item is in the end.
     *
     * @param folder path of its folder
     */
    record Arrived(UploadItem item, String folder, Instant uploaded, long sent) {
        String target() {
            return item.file().targetIn(folder);
        }
    }

    /**
     * Whether it can be shared: where files are moved one by one, a folder that another submission is moving there would
     * end up inside of it.
     */
    private boolean isShareable(UploadItem item) {
        return !item.isFolder() || store.publication() != UploadStore.Publication.MOVED_FILES;
    }

    /** What is there already; empty when it must be sent. */
    Optional<StoredFile> find(UploadItem item) throws IOException {
        if (!isShareable(item)) {
            return Optional.empty();
        }
        String target = item.file().targetIn(path(item));
        if (!item.isFolder()) {
            return store.find(target).filter(file -> !file.folder() && (item.isPacked() || file.size() == item.size()));
        }
        return store.find(target + UploadNames.COMPLETE);
    }

    /** Marks a folder as whole: that is written after the rest and removed before it. */
    private void complete(UploadItem item, String folder) throws IOException {
        if (item.isFolder()) {
            store.write(item.file().targetIn(folder) + UploadNames.COMPLETE, false, out -> out.write('\n'));
        }
    }

    /** @param condemned names of the folders that are about to be removed */
    Arrived send(UploadItem item, Set<String> condemned) throws InterruptedException {
        try {
            if (!item.isRead()) {
                return sendUnread(item);
            }
            boolean own = !isShareable(item) || condemned.contains(item.folder());
            return new Arrived(item, own ? sendToOwn(item) : sendToShared(item), Instant.now(), item.size());
        } catch (IOException e) {
            throw UploadFailures.of(item.file(), plan.root(), e);
        }
    }

    /** Reads it once: it is named when it has been sent. */
    private Arrived sendUnread(UploadItem item) throws IOException {
        StagedFile file = item.file();
        long began = digests.now();
        FileDigests.Content content = sender.send(file.source(), file.target(), false, null);
        digests.learn(file.source(), content, began);
        UploadItem read = UploadItem.of(file, content);
        marker.addSent(read.folder(), UploadNames.nameOf(file.directory()));
        boolean own = marker.condemned().contains(read.folder());
        return new Arrived(read, own ? file.directory() : publish(read), Instant.now(), read.size());
    }

    private String sendToOwn(UploadItem item) throws IOException {
        sendEntries(item, item.file().directory(), false);
        return item.file().directory();
    }

    private void sendEntries(UploadItem item, String folder, boolean fresh) throws IOException {
        if (item.isPacked()) {
            new PackedSender(store, sender)
                    .send(item.file().packed(), item.file().targetIn(folder), fresh, item.packedContents());
            return;
        }
        for (Map.Entry<String, FileDigests.Content> entry : item.entries().entrySet()) {
            String target = folder + "/" + entry.getKey();
            if (entry.getValue() == null) {
                store.makeFolder(target);
            } else {
                sender.send(item.source(entry.getKey()), target, fresh, entry.getValue());
            }
        }
    }

    private String sendToShared(UploadItem item) throws IOException {
        if (store.publication() != UploadStore.Publication.ON_CLOSE) {
            complete(item, sendToOwn(item));
            return publish(item);
        }
        String folder = path(item);
        if (item.isFolder()) {
            // What another submission writes there at the same time is the same.
            sendEntries(item, folder, false);
            complete(item, folder);
            return folder;
        }
        try {
            sendEntries(item, folder, true);
            return folder;
        } catch (IOException e) {
            if (!StorageErrors.isAlreadyThere(e)) {
                throw e;
            }
            return find(item).isPresent() ? folder : sendToOwn(item);
        }
    }

    /** What another submission has sent meanwhile is as good; if it is not, this one keeps its own. */
    private String publish(UploadItem item) throws IOException {
        String own = item.file().directory();
        if (store.move(own, path(item))) {
            return path(item);
        }
        if (find(item).isEmpty()) {
            return own;
        }
        store.delete(own);
        return path(item);
    }

    private String path(UploadItem item) {
        return plan.root() + "/" + item.folder();
    }
}
