package io.jenkins.plugins.sparkk8s.staging;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Sends local files to a store, piece by piece, and notices when one is not what it was at the beginning. */
final class FileSender {
    private static final int BUFFER_BYTES = 128 * 1024;

    private final UploadStore store;
    private final StagingListener listener;
    private final StoreCalls calls;

    FileSender(UploadStore store, StagingListener listener, StoreCalls calls) {
        this.store = store;
        this.listener = listener;
        this.calls = calls;
    }

    /**
     * Writes a file.
     *
     * @param fresh whether it is an error when the target is there
     * @param expected what the file must hold; null when that is not known
     * @return its bytes, which the store has confirmed
     * @throws IOException also when the file changed, or has another size in the store
     */
    long send(Path source, String target, boolean fresh, FileDigests.Content expected) throws IOException {
        FileState before = expected == null ? FileState.of(source) : expected.state();
        store.write(target, fresh, new UploadStore.Content() {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                String sha256 = copy(source, before.size(), out);
                FileDigests.requireUnchanged(source, before);
                if (expected != null && !expected.sha256().equals(sha256)) {
                    throw FileDigests.changed(source);
                }
            }

            @Override
            public void progressed() {
                calls.progressed();
            }
        });
        requireSize(target, before.size());
        return before.size();
    }

    /** No further than it was long at the beginning: a file that grows would never end. */
    private String copy(Path source, long size, OutputStream out) throws IOException {
        MessageDigest digest = Digests.sha256();
        byte[] buffer = new byte[BUFFER_BYTES];
        long left = size;
        try (InputStream in = Files.newInputStream(source)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while uploading");
                }
                left -= read;
                if (left < 0) {
                    throw FileDigests.changed(source);
                }
                out.write(buffer, 0, read);
                digest.update(buffer, 0, read);
                calls.progressed();
                listener.sent(source, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void requireSize(String target, long bytes) throws IOException {
        long stored = store.find(target).map(StoredFile::size).orElse(-1L);
        if (stored != bytes) {
            throw new IOException(
                    stored < 0
                            ? "it is not there after the upload"
                            : "%d of its %d bytes are there after the upload".formatted(stored, bytes));
        }
    }
}
