package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
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
 * condemned, then which are there; {@link UploadCleaning} condemns a folder first and reads the markers then. So at
 * least one of both sees the other: the clean-up leaves the folder, or this one does without it and sends its file to a
 * folder of its own.
 */
final class SharedUpload {
    /** Of more than these, all names under the upload path are listed instead of asking for each. */
    private static final int MOST_QUESTIONS = 100;

    private final StagingPlan plan;
    private final UploadStore store;
    private final StoreCalls calls;
    private final StagingListener listener;
    private final FileSender sender;

    SharedUpload(StagingPlan plan, UploadStore store, StoreCalls calls, StagingListener listener) {
        this.plan = plan;
        this.store = store;
        this.calls = calls;
        this.listener = listener;
        this.sender = new FileSender(store, listener, calls);
    }

    /**
     * A file and where it belongs.
     *
     * @param content null for a folder, which is sent again for each application
     * @param folder name of its folder
     */
    private record Item(StagedFile file, FileDigests.Content content, String folder) {
        long size() {
            return content == null
                    ? LocalFiles.size(file.source())
                    : content.state().size();
        }
    }

    /** Where an item is in the end. */
    private record Arrived(Item item, String folder, Instant uploaded, long sent) {}

    StagedArtifacts run(FileDigests digests) throws IOException, InterruptedException {
        List<Item> items = items(digests);
        requireDifferentNames(items);
        writeMarker(items.stream().map(Item::folder).toList(), Map.of(), false);
        Set<String> condemned = condemned();
        Map<String, Instant> present = present(items, condemned);
        List<Item> missing = items.stream()
                .filter(item -> !present.containsKey(item.folder()))
                .toList();
        listener.started(missing.size(), missing.stream().mapToLong(Item::size).sum(), items.size() - missing.size());
        List<Arrived> arrived = new ArrayList<>();
        items.stream().filter(item -> present.containsKey(item.folder())).forEach(item -> {
            arrived.add(new Arrived(item, path(item.folder()), present.get(item.folder()), 0));
            listener.present(item.file().source(), item.file().targetIn(path(item.folder())), item.size());
        });
        arrived.addAll(eachAtOnce(missing, item -> () -> send(item, condemned.contains(item.folder()))));
        return artifacts(arrived);
    }

    private StagedArtifacts artifacts(List<Arrived> arrived) throws IOException, InterruptedException {
        Map<String, Instant> uploaded = new HashMap<>();
        Map<String, String> remote = new LinkedHashMap<>();
        for (Arrived one : arrived) {
            StagedFile file = one.item().file();
            uploaded.put(UploadNames.nameOf(one.folder()), one.uploaded());
            remote.put(file.local().location(), file.remoteLocationIn(one.folder()));
        }
        writeMarker(uploaded.keySet(), uploaded, true);
        return new StagedArtifacts(
                remote,
                plan.directories(),
                arrived.stream().mapToLong(Arrived::sent).sum());
    }

    private String path(String folder) {
        return plan.root() + "/" + folder;
    }

    private <T, R> List<R> eachAtOnce(List<T> all, Function<T, Callable<R>> call)
            throws IOException, InterruptedException {
        return calls.all(all.stream().map(call).toList());
    }

    private List<Item> items(FileDigests digests) throws IOException, InterruptedException {
        List<Item> items = eachAtOnce(plan.files(), file -> () -> item(file, digests));
        digests.remember();
        return items;
    }

    private Item item(StagedFile file, FileDigests digests) throws InterruptedException {
        if (Files.isDirectory(file.source())) {
            return new Item(file, null, UploadNames.nameOf(file.directory()));
        }
        try {
            FileDigests.Content content = digests.of(file.source(), calls::progressed);
            return new Item(
                    file,
                    content,
                    UploadNames.shared(content.sha256(), file.local().fileName()));
        } catch (IOException e) {
            throw UploadFailures.of(file, plan.root(), e);
        }
    }

    /** Executors keep all files of a list in one folder, so that of two with one name the second would fail there. */
    private void requireDifferentNames(List<Item> items) {
        Map<String, Item> byLocation = items.stream()
                .collect(Collectors.toMap(item -> item.file().local().location(), item -> item));
        Optional<String> error = plan.nameTwice((one, other) -> {
            Item first = byLocation.get(one);
            Item second = byLocation.get(other);
            return first != null && second != null && !first.folder().equals(second.folder());
        });
        if (error.isPresent()) {
            throw new ConfigurationException(error.get());
        }
    }

    private void writeMarker(Iterable<String> folders, Map<String, Instant> uploaded, boolean complete)
            throws IOException, InterruptedException {
        Map<String, Instant> uses = new LinkedHashMap<>();
        folders.forEach(folder -> uses.put(folder, uploaded.get(folder)));
        byte[] text = plan.markerOf(uses, complete).text();
        calls.one(() -> {
            store.write(plan.marker(), false, out -> out.write(text));
            return null;
        });
    }

    private Set<String> condemned() throws IOException, InterruptedException {
        return calls.one(() -> store.list(UploadNames.condemnedFolder(plan.root())).stream()
                .flatMap(file -> UploadNames.condemned(file.name()).stream())
                .collect(Collectors.toSet()));
    }

    /** Of the folders that hold what they should, when that was uploaded. */
    private Map<String, Instant> present(List<Item> items, Set<String> condemned)
            throws IOException, InterruptedException {
        List<Item> shared = items.stream()
                .filter(item -> item.content() != null && !condemned.contains(item.folder()))
                .toList();
        Map<String, Instant> present = new HashMap<>();
        if (shared.size() > MOST_QUESTIONS && store.publication() != UploadStore.Publication.MOVED_FILES) {
            Set<String> wanted = shared.stream().map(Item::folder).collect(Collectors.toSet());
            calls.one(() -> store.list(plan.root())).stream()
                    .filter(found -> found.folder() && wanted.contains(found.name()))
                    .forEach(found -> present.put(found.name(), found.modified()));
            return present;
        }
        List<Optional<StoredFile>> found = eachAtOnce(shared, item -> () -> find(item));
        for (int i = 0; i < shared.size(); i++) {
            String folder = shared.get(i).folder();
            found.get(i).ifPresent(file -> present.put(folder, file.modified()));
        }
        return present;
    }

    private Optional<StoredFile> find(Item item) throws IOException {
        return store.find(item.file().targetIn(path(item.folder())))
                .filter(file -> !file.folder() && file.size() == item.size());
    }

    private Arrived send(Item item, boolean condemned) throws InterruptedException {
        try {
            boolean own = item.content() == null || condemned;
            String folder = own ? sendToOwn(item) : sendToShared(item);
            listener.uploaded(item.file().source(), item.file().targetIn(folder), item.size());
            return new Arrived(item, folder, Instant.now(), item.size());
        } catch (IOException e) {
            throw UploadFailures.of(item.file(), plan.root(), e);
        }
    }

    private String sendToOwn(Item item) throws IOException {
        if (item.content() == null) {
            ApplicationUpload.send(sender, store, item.file());
        } else {
            sender.send(item.file().source(), item.file().target(), false, item.content());
        }
        return item.file().directory();
    }

    /** What another submission has sent meanwhile is as good; if it is not, this one keeps its own. */
    private String sendToShared(Item item) throws IOException {
        String folder = path(item.folder());
        if (store.publication() == UploadStore.Publication.ON_CLOSE) {
            try {
                sender.send(item.file().source(), item.file().targetIn(folder), true, item.content());
                return folder;
            } catch (IOException e) {
                if (!HadoopErrors.isAlreadyThere(e)) {
                    throw e;
                }
                return find(item).isPresent() ? folder : sendToOwn(item);
            }
        }
        String own = sendToOwn(item);
        if (store.move(own, folder)) {
            return folder;
        }
        if (find(item).isEmpty()) {
            return own;
        }
        store.delete(own);
        return folder;
    }
}
