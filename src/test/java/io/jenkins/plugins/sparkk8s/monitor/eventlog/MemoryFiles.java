package io.jenkins.plugins.sparkk8s.monitor.eventlog;

import io.jenkins.plugins.sparkk8s.staging.store.ReadableFiles;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files by their paths, which can be made to fail in the middle. */
final class MemoryFiles implements ReadableFiles {
    private final Map<String, byte[]> files = new TreeMap<>();
    private long failAfter = Long.MAX_VALUE;

    MemoryFiles with(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    MemoryFiles with(String path, String... lines) {
        return with(path, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The store gives that many bytes of a file, and no more. */
    MemoryFiles failAfter(long bytes) {
        failAfter = bytes;
        return this;
    }

    @Override
    public boolean isFile(String path) {
        return files.containsKey(path);
    }

    @Override
    public List<String> names(String folder) {
        return files.keySet().stream()
                .filter(path -> path.startsWith(folder + "/"))
                .map(path -> path.substring(folder.length() + 1))
                .toList();
    }

    @Override
    public <T> T read(String path, Reading<T> reading) throws IOException {
        byte[] content = files.get(path);
        if (content == null) {
            throw new FileNotFoundException(path);
        }
        return reading.from(new Failing(new ByteArrayInputStream(content)));
    }

    private final class Failing extends FilterInputStream {
        private long given;

        Failing(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (given >= failAfter) {
                throw new IOException("the data node is gone");
            }
            int count = super.read(bytes, offset, (int) Math.min(length, failAfter - given));
            given += Math.max(0, count);
            return count;
        }
    }
}
