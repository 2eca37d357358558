package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.staging.files.FileDigests;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedFile;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One upload to folders that applications share, named after what they hold; what is there already is not sent.
 *
 * <p>The order keeps it safe from a clean-up at the same time. This writes its marker, then looks which folders are
 * condemned, then which are there; {@code UploadCleaning} condemns a folder first and reads the markers then. So at
 * least one of both sees the other: the clean-up leaves the folder, or this one does without it and sends its file to a
 * folder of its own.
 */
public final class SharedUpload implements Upload {
    /**
     * Of more than these, all names under the upload path are listed instead of asking for each: where folders are no more than
     * the beginnings of names. Elsewhere one may be empty, since a clean-up of others has removed what was in it.
     */
    private static final int MOST_QUESTIONS = 100;

    /** From this size on it pays to list the upload path, lest the file is read twice. */
    private static final long LARGE = 4 * 1024 * 1024;

    /** Enough that all threads are busy until the end. */
    private static final int MOST_PARTS = 32;

    private final StagingPlan plan;
    private final UploadStore store;
    private final StoreCalls calls;
    private final StagingListener listener;
    private final FileDigests digests;
    private final OpenMarker marker;

    public SharedUpload(
            StagingPlan plan, UploadStore store, StoreCalls calls, StagingListener listener, FileDigests digests) {
        this.plan = plan;
        this.store = store;
        this.calls = calls;
        this.listener = listener;
        this.digests = digests;
        this.marker = new OpenMarker(plan, store);
    }

    @Override
    public List<String> begun() {
        return marker.isBegun() ? plan.directories() : List.of();
    }

    @Override
    public StagedArtifacts run() throws IOException, InterruptedException {
        List<UploadItem> items = items();
        requireDifferentNames(items);
        FileSender files = new FileSender(store, listener, calls);
        ItemSender sender = new ItemSender(plan, store, files, marker, digests);
        Set<String> condemned = calls.one(() -> {
            marker.add(items.stream()
                    .filter(UploadItem::isRead)
                    .map(UploadItem::folder)
                    .toList());
            return marker.condemned();
        });
        List<ItemSender.Arrived> arrived = present(items, condemned, sender);
        List<UploadItem> missing = missing(items, arrived);
        listener.started(
                missing.size(), missing.stream().mapToLong(UploadItem::size).sum(), arrived.size());
        arrived.forEach(one -> listener.present(
                one.item().file().source(), one.target(), one.item().size()));
        arrived.addAll(eachAtOnce(missing, item -> () -> {
            ItemSender.Arrived one = sender.send(item, condemned);
            listener.uploaded(item.file().source(), one.target(), one.sent());
            return one;
        }));
        digests.remember();
        if (!missing.isEmpty()) {
            complete(arrived);
        }
        return artifacts(arrived);
    }

    /** Spares the clean-up a look at what else the upload path holds. */
    private void complete(List<ItemSender.Arrived> arrived) throws IOException, InterruptedException {
        Map<String, Instant> uploaded = new HashMap<>();
        arrived.forEach(one -> uploaded.put(UploadNames.nameOf(one.folder()), one.uploaded()));
        calls.one(() -> {
            marker.complete(uploaded);
            return null;
        });
    }

    private StagedArtifacts artifacts(List<ItemSender.Arrived> arrived) {
        Map<String, String> remote = new LinkedHashMap<>();
        arrived.forEach(one -> remote.put(
                one.item().file().local().location(), one.item().file().remoteLocationIn(one.folder())));
        return new StagedArtifacts(
                remote,
                plan.directories(),
                arrived.stream().mapToLong(ItemSender.Arrived::sent).sum());
    }

    private static List<UploadItem> missing(List<UploadItem> items, List<ItemSender.Arrived> present) {
        Set<UploadItem> there = present.stream().map(ItemSender.Arrived::item).collect(Collectors.toSet());
        return items.stream().filter(item -> !there.contains(item)).toList();
    }

    private <T, R> List<R> eachAtOnce(List<T> all, Function<T, Callable<R>> call)
            throws IOException, InterruptedException {
        return calls.all(all.stream().map(call).toList());
    }

    private List<UploadItem> items() throws IOException, InterruptedException {
        Set<StagedFile> unread = toBeSentUnread();
        List<UploadItem> items = new ArrayList<>();
        eachAtOnce(parts(plan.files()), part -> () -> {
                    List<UploadItem> read = new ArrayList<>();
                    for (StagedFile file : part) {
                        read.add(item(file, unread.contains(file)));
                    }
                    return read;
                })
                .forEach(items::addAll);
        digests.remember();
        return items;
    }

    /** Of many files several in a part: to hand one that is remembered to another thread takes longer than to look at it. */
    private static List<List<StagedFile>> parts(List<StagedFile> files) {
        int size = Math.max(1, files.size() / MOST_PARTS);
        List<List<StagedFile>> parts = new ArrayList<>();
        for (int i = 0; i < files.size(); i += size) {
            parts.add(files.subList(i, Math.min(files.size(), i + size)));
        }
        return parts;
    }

    private UploadItem item(StagedFile file, boolean unread) throws InterruptedException {
        try {
            return unread
                    ? UploadItem.unread(file, Files.size(file.source()))
                    : UploadItem.read(file, digests, calls::progressed);
        } catch (IOException e) {
            throw UploadFailures.of(file, plan.root(), e);
        }
    }

    /**
     * The large files that need not be read before they are sent, since none of their size is there. Where a file cannot be
     * renamed, all must be, and so those that have a name in common with others.
     */
    private Set<StagedFile> toBeSentUnread() throws IOException, InterruptedException {
        Set<StagedFile> unread = new HashSet<>();
        if (store.publication() == UploadStore.Publication.ON_CLOSE
                || plan.nameTwice((one, other) -> !one.equals(other)).isPresent()) {
            return unread;
        }
        for (StagedFile file : plan.files()) {
            if (isLarge(file) && digests.remembered(file.source()).isEmpty()) {
                unread.add(file);
            }
        }
        if (!unread.isEmpty()) {
            List<StoredFile> there = calls.one(() -> store.list(plan.root()));
            unread.removeIf(file -> there.stream()
                    .anyMatch(found -> UploadNames.isSharedOf(
                            found.name(), file.source().toFile().length())));
        }
        return unread;
    }

    private static boolean isLarge(StagedFile file) {
        return file.source().toFile().length() >= LARGE && Files.isRegularFile(file.source());
    }

    /** Executors keep all files of a list in one folder, so that of two with one name the second would fail there. */
    private void requireDifferentNames(List<UploadItem> items) {
        Map<String, UploadItem> byLocation = items.stream()
                .filter(UploadItem::isRead)
                .collect(Collectors.toMap(item -> item.file().local().location(), item -> item));
        Optional<String> error = plan.nameTwice((one, other) -> {
            UploadItem first = byLocation.get(one);
            UploadItem second = byLocation.get(other);
            return first != null && second != null && !first.folder().equals(second.folder());
        });
        if (error.isPresent()) {
            throw new ConfigurationException(error.get());
        }
    }

    /** Those that are there as a whole. */
    private List<ItemSender.Arrived> present(List<UploadItem> items, Set<String> condemned, ItemSender sender)
            throws IOException, InterruptedException {
        List<UploadItem> wanted = items.stream()
                .filter(item -> item.isRead() && !condemned.contains(item.folder()))
                .toList();
        if (wanted.size() > MOST_QUESTIONS
                && store.publication() == UploadStore.Publication.ON_CLOSE
                && wanted.stream().noneMatch(UploadItem::isFolder)) {
            return listed(wanted);
        }
        List<Optional<StoredFile>> found = eachAtOnce(wanted, item -> () -> sender.find(item));
        List<ItemSender.Arrived> present = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            UploadItem item = wanted.get(i);
            found.get(i).ifPresent(file -> present.add(present(item, file)));
        }
        return present;
    }

    private List<ItemSender.Arrived> listed(List<UploadItem> wanted) throws IOException, InterruptedException {
        Map<String, StoredFile> folders = calls.one(() -> store.list(plan.root())).stream()
                .filter(StoredFile::folder)
                .collect(Collectors.toMap(StoredFile::name, found -> found));
        return wanted.stream()
                .filter(item -> folders.containsKey(item.folder()))
                .map(item -> present(item, folders.get(item.folder())))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private ItemSender.Arrived present(UploadItem item, StoredFile found) {
        return new ItemSender.Arrived(item, plan.root() + "/" + item.folder(), found.modified(), 0);
    }
}
