package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.staging.files.FileDigests;
import io.jenkins.plugins.sparkk8s.staging.files.FileState;
import io.jenkins.plugins.sparkk8s.staging.files.PackedFolder;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Sends an archive of a folder while it is made. */
final class PackedSender {
    private final UploadStore store;
    private final FileSender sender;

    PackedSender(UploadStore store, FileSender sender) {
        this.store = store;
        this.sender = sender;
    }

    /**
     * Writes the archive.
     *
     * @param fresh whether it is an error when the target is there
     * @param expected what the files must hold, by {@link PackedFolder.Entry#description}; empty when that is not known
     * @return its bytes, which the store has confirmed
     * @throws IOException also when a file changed, or the archive has another size in the store
     */
    long send(PackedFolder folder, String target, boolean fresh, Map<String, FileDigests.Content> expected)
            throws IOException {
        Sending sending = new Sending(folder, expected);
        store.write(target, fresh, sending);
        sender.requireSize(target, sending.bytes);
        return sending.bytes;
    }

    private final class Sending implements UploadStore.Content {
        private final PackedFolder folder;
        private final Map<String, FileDigests.Content> expected;
        private long bytes;

        Sending(PackedFolder folder, Map<String, FileDigests.Content> expected) {
            this.folder = folder;
            this.expected = expected;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            Counter counter = new Counter(out);
            OutputStream buffered = new BufferedOutputStream(counter, 64 * 1024);
            PackedFolder.Archive archive = folder.format().begin(buffered);
            for (PackedFolder.Entry entry : folder.entries()) {
                FileDigests.Content content = expected.get(entry.description());
                if (entry.link() != null) {
                    archive.next(entry, 0);
                } else {
                    FileState state = content == null ? FileState.of(entry.source()) : content.state();
                    sender.copy(entry.source(), state, content, archive.next(entry, state.size()));
                }
            }
            archive.end();
            buffered.flush();
            bytes = counter.bytes;
        }

        @Override
        public void progressed() {
            sender.progressed();
        }
    }

    private static final class Counter extends FilterOutputStream {
        private long bytes;

        Counter(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            bytes += length;
        }
    }
}
