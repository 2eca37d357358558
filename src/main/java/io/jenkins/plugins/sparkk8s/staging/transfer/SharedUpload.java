package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.staging.files.FileDigests;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
     * Of more than these, all names under the upload path are listed instead of asking for each, where a list shows whether
     * folders hold something.
     */
    private static final int MOST_QUESTIONS = 100;

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
        List<UploadItem> items = new LocalItems(plan, store, calls, digests).read();
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
        if (missing.size() == 1) {
            marker.expectLast(times(arrived));
        }
        List<ItemSender.Arrived> sent = eachAtOnce(missing, item -> () -> {
            ItemSender.Arrived one = sender.send(item, condemned);
            listener.uploaded(item.file().source(), one.target(), one.sent());
            return one;
        });
        arrived.addAll(sent);
        digests.remember();
        if (!sent.stream().allMatch(one -> marker.listsAsLast(UploadNames.nameOf(one.folder())))) {
            complete(arrived);
        }
        return artifacts(arrived);
    }

    /** Spares the clean-up a look at what else the upload path holds. */
    private void complete(List<ItemSender.Arrived> arrived) throws IOException, InterruptedException {
        Map<String, Instant> uploaded = times(arrived);
        calls.one(() -> {
            marker.complete(uploaded);
            return null;
        });
    }

    private static Map<String, Instant> times(List<ItemSender.Arrived> arrived) {
        Map<String, Instant> uploaded = new HashMap<>();
        arrived.forEach(one -> uploaded.put(UploadNames.nameOf(one.folder()), one.uploaded()));
        return uploaded;
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
        if (wanted.size() > MOST_QUESTIONS && wanted.stream().noneMatch(UploadItem::isFolder)) {
            Optional<List<StoredFile>> folders = calls.one(() -> store.filledFolders(plan.root()));
            if (folders.isPresent()) {
                return among(folders.get(), wanted);
            }
        }
        List<Optional<StoredFile>> found = new Parts(calls).each(wanted, sender::find);
        List<ItemSender.Arrived> present = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            UploadItem item = wanted.get(i);
            found.get(i).ifPresent(file -> present.add(present(item, file)));
        }
        return present;
    }

    private List<ItemSender.Arrived> among(List<StoredFile> listed, List<UploadItem> wanted) {
        Map<String, StoredFile> folders = listed.stream().collect(Collectors.toMap(StoredFile::name, found -> found));
        return wanted.stream()
                .filter(item -> folders.containsKey(item.folder()))
                .map(item -> present(item, folders.get(item.folder())))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private ItemSender.Arrived present(UploadItem item, StoredFile found) {
        return new ItemSender.Arrived(item, plan.root() + "/" + item.folder(), found.modified(), 0);
    }
}
