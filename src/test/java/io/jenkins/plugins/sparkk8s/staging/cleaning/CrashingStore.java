package io.jenkins.plugins.sparkk8s.staging.cleaning;

import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store whose user is killed at a certain call, before or after it was done, and does nothing any more from then on. */
public class CrashingStore implements UploadStore {
    /** Stands for the end of the process. */
    public static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final UploadStore store;
    private final AtomicInteger left;

    /** @param calls how many are made before the crash */
    public CrashingStore(UploadStore store, int calls) {
        this.store = store;
        this.left = new AtomicInteger(calls);
    }

    private void count() {
        if (left.decrementAndGet() < 0) {
            throw new Crash();
        }
    }

    @Override
    public Publication publication() {
        return store.publication();
    }

    @Override
    public Optional<StoredFile> find(String path) throws IOException {
        count();
        return store.find(path);
    }

    @Override
    public List<StoredFile> list(String folder) throws IOException {
        count();
        return store.list(folder);
    }

    @Override
    public byte[] read(String path, int most) throws IOException {
        count();
        return store.read(path, most);
    }

    @Override
    public void write(String path, boolean fresh, Content content) throws IOException {
        count();
        store.write(path, fresh, content);
        count();
    }

    @Override
    public void makeFolder(String folder) throws IOException {
        count();
        store.makeFolder(folder);
    }

    @Override
    public boolean move(String folder, String target) throws IOException {
        count();
        boolean moved = store.move(folder, target);
        count();
        return moved;
    }

    @Override
    public boolean delete(String path) throws IOException {
        count();
        return store.delete(path);
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
