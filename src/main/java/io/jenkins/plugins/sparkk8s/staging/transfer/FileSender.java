package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.staging.files.BackgroundDigest;
import io.jenkins.plugins.sparkk8s.staging.files.BlockReader;
import io.jenkins.plugins.sparkk8s.staging.files.FileDigests;
import io.jenkins.plugins.sparkk8s.staging.files.FileState;
import io.jenkins.plugins.sparkk8s.staging.files.RangedFile;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.store.Ranges;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Sends local files to a store, piece by piece, and notices when one is not what it was at the beginning. */
final class FileSender {
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
     * @return what was sent, whose size the store has confirmed
     * @throws IOException also when the file changed, or has another size in the store
     */
    FileDigests.Content send(Path source, String target, boolean fresh, FileDigests.Content expected)
            throws IOException {
        FileState before = expected == null ? FileState.of(source) : expected.state();
        Sending sending = new Sending(source, before, expected);
        try {
            store.write(target, fresh, sending);
        } catch (IOException e) {
            sending.requireSound(e);
            throw e;
        }
        requireSize(target, before.size());
        return new FileDigests.Content(sending.digest, before);
    }

    /**
     * Copies a file into a stream.
     *
     * @param state which it must have, also when it has been read
     * @param expected what it must hold; null when that is not known
     */
    void copy(Path source, FileState state, FileDigests.Content expected, OutputStream out) throws IOException {
        new Sending(source, state, expected).writeTo(out);
    }

    void progressed() {
        calls.progressed();
    }

    private final class Sending implements UploadStore.Content {
        private final Path source;
        private final FileState before;
        private final FileDigests.Content expected;
        /** Null unless the store takes it in parts. */
        private RangedFile ranged;

        private String digest;

        Sending(Path source, FileState before, FileDigests.Content expected) {
            this.source = source;
            this.before = before;
            this.expected = expected;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            requireExpected(copy(out));
        }

        @Override
        public void writeTo(FileChannel file) throws IOException {
            BlockReader reader = new BlockReader(source, before.size(), file, this::sent);
            requireExpected(reader.run(calls.computing()));
        }

        @Override
        public Optional<Ranges> ranges() {
            if (before.size() == 0) {
                return Optional.empty();
            }
            ranged = new RangedFile(source, before.size(), this::sent);
            return Optional.of(new SentRanges(this, ranged));
        }

        /** @throws IOException when the file has changed, for which a store only reports that a part could not be read */
        private void requireSound(IOException reported) throws IOException {
            if (ranged != null) {
                try {
                    ranged.requireSound();
                } catch (IOException e) {
                    if (e != reported) {
                        e.addSuppressed(reported);
                    }
                    throw e;
                }
            }
        }

        private void requireExpected(String found) throws IOException {
            FileDigests.requireUnchanged(source, before);
            if (expected != null && !expected.digest().equals(found)) {
                throw FileDigests.changed(source);
            }
            digest = found;
        }

        private void sent(int bytes) {
            calls.progressed();
            listener.sent(source, bytes);
        }

        /** No further than it was long at the beginning: a file that grows would never end. */
        private String copy(OutputStream out) throws IOException {
            BackgroundDigest background = new BackgroundDigest(before.size(), calls.computing());
            long left = before.size();
            try (InputStream in = Files.newInputStream(source)) {
                byte[] buffer = background.buffer();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new InterruptedIOException("interrupted while uploading");
                    }
                    left -= read;
                    if (left < 0) {
                        throw FileDigests.changed(source);
                    }
                    background.update(buffer, read);
                    out.write(buffer, 0, read);
                    sent(read);
                    buffer = background.buffer();
                }
            }
            return background.hex();
        }

        @Override
        public void progressed() {
            calls.progressed();
        }
    }

    /** A file for a store that takes it in parts. */
    private record SentRanges(Sending sending, RangedFile file) implements Ranges {
        @Override
        public long size() {
            return sending.before.size();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            return file.open(offset, length, this::verify);
        }

        @Override
        public void verify() throws IOException {
            sending.requireExpected(file.digest());
        }

        @Override
        public void progressed() {
            sending.progressed();
        }
    }

    /** @throws IOException when the store does not have that many bytes of it */
    void requireSize(String target, long bytes) throws IOException {
        long stored = store.find(target).map(StoredFile::size).orElse(-1L);
        if (stored != bytes) {
            throw new IOException(
                    stored < 0
                            ? "it is not there after the upload"
                            : "%d of its %d bytes are there after the upload".formatted(stored, bytes));
        }
    }
}
