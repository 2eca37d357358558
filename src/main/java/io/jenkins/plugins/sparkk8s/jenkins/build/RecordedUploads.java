package io.jenkins.plugins.sparkk8s.jenkins.build;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What was uploaded for an application; immutable. */
final class RecordedUploads implements Serializable {
    static final RecordedUploads NONE = new RecordedUploads(null, null, false, false, 0);

    private static final long serialVersionUID = 1L;

    /** Null when nothing was, or all has been removed. */
    private final ArrayList<String> directories;

    /** Name of the node that uploaded, "" for the built-in one. */
    private final String node;

    private final boolean keep;

    /** Whether an earlier controller may have uploaded something. */
    private final boolean earlier;

    private final long bytes;

    private RecordedUploads(Collection<String> directories, String node, boolean keep, boolean earlier, long bytes) {
        this.directories = directories == null ? null : new ArrayList<>(directories);
        this.node = node;
        this.keep = keep;
        this.earlier = earlier;
        this.bytes = bytes;
    }

    RecordedUploads planned(List<String> planned, String onNode, boolean toKeep) {
        return new RecordedUploads(planned, onNode, toKeep, directories != null, bytes);
    }

    RecordedUploads uploaded(long size) {
        return new RecordedUploads(directories, node, keep, earlier, size);
    }

    /** @param left directories that may exist; what an earlier controller may have made counts, too */
    RecordedUploads failed(Collection<String> left) {
        if (directories == null || earlier) {
            return this;
        }
        List<String> remaining = directories.stream().filter(left::contains).toList();
        return new RecordedUploads(remaining, node, keep, false, bytes);
    }

    RecordedUploads removed() {
        return new RecordedUploads(null, node, keep, earlier, bytes);
    }

    List<String> toRemove() {
        return directories == null || keep ? List.of() : List.copyOf(directories);
    }

    String node() {
        return node;
    }

    long bytes() {
        return bytes;
    }
}
