package io.jenkins.plugins.sparkk8s.staging.cleaning;

import io.jenkins.plugins.sparkk8s.staging.plan.UploadMarker;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.StorageErrors;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Removes shared folders that no application uses. Any number of these, in any processes, and of uploads may be at work
 * on the same upload path at a time; {@code SharedUpload} says why none takes a folder from another.
 */
public final class UploadCleaning {
    private static final Logger LOGGER = Logger.getLogger(UploadCleaning.class.getName());

    /** After what is left of a process that has crashed counts as that. */
    static final Duration ABANDONED = Duration.ofDays(1);

    /** A clean-up that took longer since it condemned removes nothing: others may take it for crashed, much later. */
    private static final Duration SENTENCE = Duration.ofMinutes(10);

    private static final String LAST_SWEEP = "last-sweep";
    /** Between two sweeps of one upload path, by any application. */
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    private final UploadStore store;
    private final String root;
    private final Clock clock;
    private final Runnable progressed;
    private final String own;

    /** @param progressed is called for each call that was answered */
    public UploadCleaning(UploadStore store, String root, Clock clock, Runnable progressed) {
        this.store = store;
        this.root = root;
        this.clock = clock;
        this.progressed = progressed;
        this.own = HexFormat.of().toHexDigits(UUID.randomUUID().getLeastSignificantBits());
    }

    /**
     * The application of this marker has ended: removes it, what is its own, and what only it used and is old enough.
     */
    public void release(String markerPath) throws IOException {
        Optional<byte[]> text = read(markerPath);
        if (text.isEmpty()) {
            return;
        }
        String hex =
                UploadNames.applicationOfMarker(UploadNames.nameOf(markerPath)).orElseThrow();
        Optional<UploadMarker> marker = UploadMarker.parse(text.get());
        Map<String, Instant> times = new HashMap<>();
        if (marker.filter(UploadMarker::complete).isEmpty()) {
            List<StoredFile> listed = store.list(root);
            removeOwnFolders(hex, listed);
            listed.stream().filter(StoredFile::folder).forEach(found -> times.put(found.name(), found.modified()));
        }
        Set<String> old = new HashSet<>();
        if (marker.isPresent()) {
            times.putAll(marker.get().knownTimes());
            old.addAll(oldFolders(marker.get(), times));
            for (String name : marker.get().folders().keySet()) {
                if (UploadNames.isOwnFolder(name, hex)) {
                    delete(name);
                }
            }
        }
        store.delete(markerPath);
        progressed.run();
        collect(old);
    }

    /** Shared folders that it lists and whose time is over. */
    private Set<String> oldFolders(UploadMarker marker, Map<String, Instant> times) {
        Instant oldest = clock.instant().minus(marker.retention());
        return marker.folders().keySet().stream()
                .filter(name -> UploadNames.isShared(name)
                        && !times.getOrDefault(name, Instant.MAX).isAfter(oldest))
                .collect(Collectors.toSet());
    }

    private void removeOwnFolders(String hex, List<StoredFile> listed) throws IOException {
        for (StoredFile found : listed) {
            if (found.folder() && UploadNames.isOwnFolder(found.name(), hex)) {
                delete(found.name());
            }
        }
    }

    private void delete(String name) throws IOException {
        store.delete(UploadNames.below(root, name));
        progressed.run();
    }

    private Optional<byte[]> read(String path) throws IOException {
        try {
            return Optional.of(store.read(path, UploadMarker.MOST_BYTES));
        } catch (FileNotFoundException e) {
            if (StorageErrors.isMissingStore(e)) {
                throw e;
            }
            return Optional.empty();
        } finally {
            progressed.run();
        }
    }

    /**
     * Removes what applications have left that are known to have ended, and shared folders that no application uses and
     * whose time is over. Does nothing within an hour of the last sweep.
     *
     * @return whether it swept
     */
    public boolean sweep(Duration retention, ApplicationStates states) throws IOException {
        Instant now = clock.instant();
        String mark = UploadNames.below(UploadNames.condemnedFolder(root), LAST_SWEEP);
        if (hasBeenSwept(mark, now)) {
            return false;
        }
        try {
            store.write(mark, false, out -> out.write(own.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            // HDFS refuses it to the one of two that another has overtaken.
            if (hasBeenSwept(mark, now)) {
                return false;
            }
            throw e;
        }
        List<StoredFile> listed = store.list(root);
        for (StoredFile found : listed) {
            if (isMarker(found) && found.modified().plus(ABANDONED).isBefore(now)) {
                removeIfEnded(found.name(), states);
            }
        }
        collect(listed.stream()
                .filter(found -> found.folder()
                        && UploadNames.isShared(found.name())
                        && !found.modified().isAfter(now.minus(retention)))
                .map(StoredFile::name)
                .collect(Collectors.toSet()));
        forgetCrashedCleanUps(now);
        abortCrashedWrites(now.minus(retention.compareTo(ABANDONED) > 0 ? retention : ABANDONED));
        return true;
    }

    /** Needs a permission that nothing else needs; where it is missing, a rule of the bucket has to do it. */
    private void abortCrashedWrites(Instant before) {
        try {
            int aborted = store.abortUnfinished(root, UploadNames::isFolder, before);
            LOGGER.log(Level.FINE, "{0} unfinished writes below {1} were aborted.", new Object[] {aborted, root});
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Unfinished writes below %s cannot be aborted".formatted(root));
        }
        progressed.run();
    }

    private boolean hasBeenSwept(String mark, Instant now) throws IOException {
        return store.find(mark)
                .filter(last -> last.modified().plus(BETWEEN_SWEEPS).isAfter(now))
                .isPresent();
    }

    private static boolean isMarker(StoredFile found) {
        return !found.folder() && UploadNames.applicationOfMarker(found.name()).isPresent();
    }

    private void removeIfEnded(String name, ApplicationStates states) throws IOException {
        Optional<byte[]> text = read(UploadNames.below(root, name));
        if (text.isEmpty()) {
            return;
        }
        Optional<UploadMarker> marker = UploadMarker.parse(text.get());
        boolean over = marker.map(known ->
                        !known.kept() && states.hasEnded(known.application(), known.master(), known.namespace()))
                .orElseGet(() -> UploadMarker.isCutOff(text.get()));
        if (over) {
            // Listed again: it may have made one since the sweep began, and ended after that.
            removeOwnFolders(UploadNames.applicationOfMarker(name).orElseThrow(), store.list(root));
            delete(name);
        }
    }

    private void forgetCrashedCleanUps(Instant now) throws IOException {
        for (StoredFile found : store.list(UploadNames.condemnedFolder(root))) {
            if (UploadNames.condemned(found.name()).isPresent()
                    && found.modified().plus(ABANDONED).isBefore(now)) {
                store.delete(UploadNames.below(UploadNames.condemnedFolder(root), found.name()));
                progressed.run();
            }
        }
    }

    /** Removes those of the folders that no marker lists. */
    private void collect(Set<String> candidates) throws IOException {
        if (candidates.isEmpty()) {
            return;
        }
        Set<String> condemned = new HashSet<>(candidates);
        Optional<Set<String>> before = usedFolders();
        if (before.isEmpty()) {
            return;
        }
        condemned.removeAll(before.get());
        Instant since = clock.instant();
        try {
            for (String name : condemned) {
                store.write(condemnation(name), false, out -> out.write('\n'));
                progressed.run();
            }
            Optional<Set<String>> used = condemned.isEmpty() ? Optional.empty() : usedFolders();
            if (used.isPresent()) {
                removeUnused(condemned, used.get(), since);
            }
        } finally {
            for (String name : condemned) {
                store.delete(condemnation(name));
            }
        }
    }

    private void removeUnused(Set<String> condemned, Set<String> used, Instant since) throws IOException {
        for (String name : condemned) {
            if (!used.contains(name) && clock.instant().isBefore(since.plus(SENTENCE))) {
                deleteShared(name);
            }
        }
    }

    /** A crash in the middle must not leave a part of it that looks whole. */
    private void deleteShared(String name) throws IOException {
        String folder = UploadNames.below(root, name);
        for (StoredFile found : store.list(folder)) {
            if (!found.folder() && found.name().endsWith(UploadNames.COMPLETE)) {
                store.delete(UploadNames.below(folder, found.name()));
            }
        }
        delete(name);
    }

    private String condemnation(String name) {
        return UploadNames.below(UploadNames.condemnedFolder(root), name + "." + own);
    }

    /** Empty when a marker cannot be read as a whole: then any folder may be in use. */
    private Optional<Set<String>> usedFolders() throws IOException {
        Set<String> used = new HashSet<>();
        for (StoredFile found : store.list(root)) {
            if (isMarker(found)) {
                Optional<byte[]> text = read(UploadNames.below(root, found.name()));
                Optional<UploadMarker> marker = text.flatMap(UploadMarker::parse);
                if (text.isPresent() && marker.isEmpty()) {
                    return Optional.empty();
                }
                marker.ifPresent(known -> used.addAll(known.folders().keySet()));
            }
        }
        return Optional.of(used);
    }
}
