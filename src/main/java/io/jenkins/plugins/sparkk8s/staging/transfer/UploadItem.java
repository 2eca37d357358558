package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.staging.files.FileDigests;
import io.jenkins.plugins.sparkk8s.staging.files.FileReading;
import io.jenkins.plugins.sparkk8s.staging.files.LocalFiles;
import io.jenkins.plugins.sparkk8s.staging.files.PackedFolder;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedFile;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is uploaded as one thing to a folder that is named after it: a file, or a folder with all it holds.
 *
 * @param entries by its path below the upload's folder, what each file holds; the name of an empty folder ends with a slash,
 *     and its content is null, as that of a link. Nothing at all as long as the file has not been read.
 * @param size in bytes, of all files together
 * @param folder name of its shared folder; null as long as the file has not been read
 */
record UploadItem(StagedFile file, SortedMap<String, FileDigests.Content> entries, long size, String folder) {

    private static final String IN_ARCHIVE = "!/";

    /** A file whose content will be known when it has been sent. */
    static UploadItem unread(StagedFile file, long size) {
        return new UploadItem(file, new TreeMap<>(), size, null);
    }

    static UploadItem of(StagedFile file, FileDigests.Content content) {
        return of(
                file,
                new TreeMap<>(Map.of(file.name(), content)),
                content.state().size());
    }

    /**
     * Reads a file, or all that a folder holds, as far as it is not remembered.
     *
     */
    static UploadItem read(StagedFile file, FileDigests digests, FileReading reading) throws IOException {
        if (file.packed() != null) {
            return readPacked(file, digests, reading);
        }
        if (Files.isRegularFile(file.source())) {
            return of(file, digests.of(file.source(), reading));
        }
        String name = file.name();
        SortedMap<String, FileDigests.Content> entries = new TreeMap<>();
        long size = 0;
        for (Path path : LocalFiles.below(file.source())) {
            if (Files.isDirectory(path)) {
                if (LocalFiles.isEmptyFolder(path)) {
                    entries.put(below(name, file.source(), path) + "/", null);
                }
            } else {
                FileDigests.Content content = digests.of(path, reading);
                entries.put(below(name, file.source(), path), content);
                size += content.state().size();
            }
        }
        return of(file, entries, size);
    }

    /** The folder's name is that of lines as {@code sha256sum} prints them, in the order of the files' names. */
    private static UploadItem of(StagedFile file, SortedMap<String, FileDigests.Content> entries, long size) {
        StringBuilder lines = new StringBuilder();
        entries.forEach((entry, content) -> lines.append(content == null ? "-" : content.digest())
                .append("  ")
                .append(entry)
                .append('\n'));
        return new UploadItem(file, entries, size, UploadNames.shared(lines.toString(), size));
    }

    private static UploadItem readPacked(StagedFile file, FileDigests digests, FileReading reading) throws IOException {
        SortedMap<String, FileDigests.Content> entries = new TreeMap<>();
        long size = 0;
        for (PackedFolder.Entry entry : file.packed().entries()) {
            FileDigests.Content content = entry.link() == null ? digests.of(entry.source(), reading) : null;
            entries.put(file.name() + IN_ARCHIVE + entry.description(), content);
            size += content == null ? 0 : content.state().size();
        }
        return of(file, entries, size);
    }

    /** What the files of an archive must hold, by their descriptions. */
    Map<String, FileDigests.Content> packedContents() {
        int prefix = file.name().length() + IN_ARCHIVE.length();
        Map<String, FileDigests.Content> contents = new HashMap<>();
        entries.forEach((entry, content) -> contents.put(entry.substring(prefix), content));
        return contents;
    }

    private static String below(String name, Path top, Path path) {
        String relative = top.relativize(path).toString().replace('\\', '/');
        return relative.isEmpty() ? name : name + "/" + relative;
    }

    boolean isRead() {
        return !entries.isEmpty();
    }

    /** Whether it is more than one file, so that a part of it may be there. */
    boolean isFolder() {
        return isRead() && !isPacked() && !entries.containsKey(file.name());
    }

    /** Whether it is an archive that is made while it is sent, so that its own size is not known. */
    boolean isPacked() {
        return file.packed() != null;
    }

    Path source(String entry) {
        String name = file.name();
        return entry.equals(name) ? file.source() : file.source().resolve(entry.substring(name.length() + 1));
    }
}
