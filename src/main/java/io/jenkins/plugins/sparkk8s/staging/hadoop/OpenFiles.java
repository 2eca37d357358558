package io.jenkins.plugins.sparkk8s.staging.hadoop;

import io.jenkins.plugins.sparkk8s.staging.store.ReadableFiles;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Files of an open store.
 *
 * @param progressed is called whenever the store has answered
 */
record OpenFiles(HadoopStore store, Runnable progressed) implements ReadableFiles {

    @Override
    public boolean isFile(String path) throws IOException {
        boolean isFile = store.find(path).filter(found -> !found.folder()).isPresent();
        progressed.run();
        return isFile;
    }

    @Override
    public List<String> names(String folder) throws IOException {
        List<String> names = store.list(folder).stream()
                .filter(found -> !found.folder())
                .map(StoredFile::name)
                .toList();
        progressed.run();
        return names;
    }

    @Override
    public <T> T read(String path, Reading<T> reading) throws IOException {
        return store.read(path, in -> reading.from(new Observed(in)));
    }

    private final class Observed extends FilterInputStream {
        Observed(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            progressed.run();
            return count;
        }
    }
}
