package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.util.Secret;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was uploaded for an application; immutable. */
@XStreamAlias("sparkUploads")
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

    /** Encrypted where it is written down, since one may be an access key; null when the job has none of its own for their storage. */
    private final Map<String, Secret> storage;

    private RecordedUploads(Collection<String> directories, String node, boolean keep, boolean earlier, long bytes) {
        this.directories = directories == null ? null : new ArrayList<>(directories);
        this.node = node;
        this.keep = keep;
        this.earlier = earlier;
        this.bytes = bytes;
        this.storage = null;
    }

    /** By the same node, and for as long. */
    private RecordedUploads(
            RecordedUploads before,
            Collection<String> directories,
            boolean earlier,
            long bytes,
            Map<String, Secret> storage) {
        this.directories = directories == null ? null : new ArrayList<>(directories);
        this.node = before.node;
        this.keep = before.keep;
        this.earlier = earlier;
        this.bytes = bytes;
        this.storage = storage;
    }

    RecordedUploads planned(List<String> planned, String onNode, boolean toKeep, Map<String, String> with) {
        RecordedUploads onlyNode = new RecordedUploads(null, onNode, toKeep, false, 0);
        return new RecordedUploads(onlyNode, planned, directories != null, bytes, with.isEmpty() ? null : hidden(with));
    }

    private static Map<String, Secret> hidden(Map<String, String> settings) {
        Map<String, Secret> hidden = new LinkedHashMap<>();
        new TreeMap<>(settings).forEach((key, value) -> hidden.put(key, Secret.fromString(value)));
        return hidden;
    }

    RecordedUploads uploaded(long size) {
        return new RecordedUploads(this, directories, earlier, size, storage);
    }

    /** @param left directories that may exist; what an earlier controller may have made counts, too */
    RecordedUploads failed(Collection<String> left) {
        if (directories == null || earlier) {
            return this;
        }
        List<String> remaining = directories.stream().filter(left::contains).toList();
        return new RecordedUploads(this, remaining, false, bytes, storage);
    }

    RecordedUploads removed() {
        return new RecordedUploads(this, null, earlier, bytes, storage);
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

    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        if (storage != null) {
            storage.forEach((key, value) -> settings.put(key, value.getPlainText()));
        }
        return settings;
    }
}
