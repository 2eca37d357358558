package io.jenkins.plugins.sparkk8s.jenkins.record;

import hudson.model.Run;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Writes the records of a build. A record is saved in a file of its own, see {@link RecordFiles}. The build's XML, which has all
 * records, is saved when the first is begun, when a tenth of them has ended since, and at the end of the build: what is written grows
 * with what changes. Thread-safe.
 */
public final class RecordStore {
    /** The build's XML is saved when one of so many records has ended since. */
    private static final int SHARE = 10;

    private final Run<?, ?> run;
    private final ApplicationRecords records;

    /** Ids of the records with files of their own. Guarded by this. */
    private final Set<String> apart = new HashSet<>();

    /** Held while a record is written, by its id: what a thread writes later is not older. */
    private final Map<String, Object> writing = new ConcurrentHashMap<>();

    /** Whether the build's XML has the records, so that the files are looked for. Guarded by this. */
    private boolean kept;

    public RecordStore(Run<?, ?> run, ApplicationRecords records) {
        this.run = run;
        this.records = records;
    }

    /** Reads the files that are newer than the build's XML, with which the records were read. */
    public void load() {
        List<ApplicationRecord> read = files().read();
        read.forEach(records::loaded);
        synchronized (this) {
            read.forEach(record -> apart.add(record.id()));
            kept = true;
        }
    }

    /** Saves one record; returns when it is on the disk. A build that was deleted stays deleted. */
    public void save(ApplicationRecord record) throws IOException {
        synchronized (writing.computeIfAbsent(record.id(), id -> new Object())) {
            files().write(record);
        }
        if (isBuildToBeSaved(record.id())) {
            save();
        }
    }

    private synchronized boolean isBuildToBeSaved(String id) {
        apart.add(id);
        List<ApplicationRecord> all = records.all();
        long ended = all.stream()
                .filter(record -> record.hasEnded() && apart.contains(record.id()))
                .count();
        return !kept || ended > all.size() / SHARE;
    }

    /** Saves the build, and with it all records; returns when they are on the disk. A build that was deleted stays deleted. */
    public void save() throws IOException {
        if (!run.getRootDir().isDirectory()) {
            return;
        }
        List<String> done = records.all().stream()
                .filter(ApplicationRecord::isDone)
                .map(ApplicationRecord::id)
                .toList();
        run.save();
        synchronized (this) {
            kept = true;
        }
        done.forEach(this::delete);
    }

    /** Deletes the files of records that are no longer kept, so that no controller reads them again. */
    public void deleteDropped() {
        Set<String> all = records.all().stream().map(ApplicationRecord::id).collect(Collectors.toSet());
        if (all.size() < ApplicationRecords.KEPT) {
            return;
        }
        List<String> dropped;
        synchronized (this) {
            dropped = apart.stream().filter(id -> !all.contains(id)).toList();
        }
        dropped.forEach(this::delete);
    }

    /** Deletes the file of a record that the build's XML has, or that is no longer kept. */
    public synchronized void delete(String id) {
        writing.remove(id);
        if (apart.remove(id)) {
            files().delete(id);
        }
    }

    private RecordFiles files() {
        return new RecordFiles(run.getRootDir());
    }
}
