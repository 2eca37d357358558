package io.jenkins.plugins.sparkk8s.staging.hadoop;

import io.jenkins.plugins.sparkk8s.staging.store.StorageErrors;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore.Publication;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.protocol.HdfsFileStatus;

/** What folders of a file system of Hadoop hold. */
record HadoopLists(FileSystem fileSystem, Publication publication) {

    static StoredFile stored(FileStatus status) {
        return new StoredFile(
                status.getPath().getName(),
                status.isDirectory(),
                status.isDirectory() ? 0 : status.getLen(),
                Instant.ofEpochMilli(status.getModificationTime()));
    }

    /** A bucket that is not there is an error, though its exception is of that kind too. */
    static Optional<StoredFile> absent(FileNotFoundException e) throws FileNotFoundException {
        if (StorageErrors.isMissingStore(e)) {
            throw e;
        }
        return Optional.empty();
    }

    /** Empty when there is no such folder. */
    List<StoredFile> of(String folder) throws IOException {
        return publication == Publication.ON_CLOSE
                ? children(new Path(folder))
                : statuses(folder).stream().map(HadoopLists::stored).toList();
    }

    /** S3 has no others, and HDFS counts what is in them; empty elsewhere. */
    Optional<List<StoredFile>> filledFolders(String folder) throws IOException {
        if (publication == Publication.ON_CLOSE) {
            return Optional.of(of(folder).stream().filter(StoredFile::folder).toList());
        }
        return fileSystem instanceof DistributedFileSystem
                ? Optional.of(statuses(folder).stream()
                        .filter(status -> status.isDirectory()
                                && status instanceof HdfsFileStatus counted
                                && counted.getChildrenNum() > 0)
                        .map(HadoopLists::stored)
                        .toList())
                : Optional.empty();
    }

    private List<FileStatus> statuses(String folder) throws IOException {
        try {
            return Arrays.asList(fileSystem.listStatus(new Path(folder)));
        } catch (FileNotFoundException e) {
            absent(e);
            return List.of();
        }
    }

    /** Of all objects below it, which come in a few answers and, other than folders, have times. */
    private List<StoredFile> children(Path folder) throws IOException {
        String prefix = folder.toUri().getPath().replaceAll("/$", "") + "/";
        Map<String, StoredFile> found = new TreeMap<>();
        try {
            RemoteIterator<LocatedFileStatus> objects = fileSystem.listFiles(folder, true);
            while (objects.hasNext()) {
                LocatedFileStatus object = objects.next();
                StoredFile child = child(object, prefix);
                found.merge(
                        child.name(), child, (one, other) -> one.modified().isAfter(other.modified()) ? one : other);
            }
        } catch (FileNotFoundException e) {
            absent(e);
            return List.of();
        }
        return List.copyOf(found.values());
    }

    private static StoredFile child(LocatedFileStatus object, String prefix) {
        String below = object.getPath().toUri().getPath().substring(prefix.length());
        int slash = below.indexOf('/');
        return new StoredFile(
                slash < 0 ? below : below.substring(0, slash),
                slash >= 0,
                slash < 0 ? object.getLen() : 0,
                Instant.ofEpochMilli(object.getModificationTime()));
    }
}
