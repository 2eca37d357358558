package io.jenkins.plugins.sparkk8s.staging.hadoop;

import io.jenkins.plugins.sparkk8s.staging.store.Ranges;
import io.jenkins.plugins.sparkk8s.staging.store.ReadableFiles;
import io.jenkins.plugins.sparkk8s.staging.store.StorageErrors;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.web.WebHdfsFileSystem;

/** A store on an open file system of Hadoop. */
final class HadoopStore implements UploadStore {
    private final FileSystem fileSystem;
    private final HadoopLoader loader;
    private final Publication publication;
    private final HadoopLists lists;

    private HadoopStore(FileSystem fileSystem, HadoopLoader loader, Publication publication) {
        this.fileSystem = fileSystem;
        this.loader = loader;
        this.publication = publication;
        this.lists = new HadoopLists(fileSystem, publication);
    }

    /** @param location of the uploads; what a view of other file systems can do depends on the path */
    static HadoopStore forUploads(FileSystem fileSystem, HadoopLoader loader, String location) throws IOException {
        return new HadoopStore(fileSystem, loader, publication(fileSystem, new Path(location)));
    }

    static HadoopStore forReading(FileSystem fileSystem, HadoopLoader loader) {
        return new HadoopStore(fileSystem, loader, Publication.MOVED_FILES);
    }

    private static Publication publication(FileSystem fileSystem, Path location) throws IOException {
        if (fileSystem.hasPathCapability(location, CommonPathCapabilities.ABORTABLE_STREAM)) {
            return Publication.ON_CLOSE;
        }
        return fileSystem instanceof DistributedFileSystem || fileSystem instanceof WebHdfsFileSystem
                ? Publication.MOVED_FOLDER
                : Publication.MOVED_FILES;
    }

    @Override
    public Publication publication() {
        return publication;
    }

    @Override
    public Optional<StoredFile> find(String path) throws IOException {
        return call(() -> {
            try {
                return Optional.of(HadoopLists.stored(fileSystem.getFileStatus(new Path(path))));
            } catch (FileNotFoundException e) {
                return HadoopLists.absent(e);
            }
        });
    }

    @Override
    public List<StoredFile> list(String folder) throws IOException {
        return call(() -> lists.of(folder));
    }

    @Override
    public Optional<List<StoredFile>> filledFolders(String folder) throws IOException {
        return call(() -> lists.filledFolders(folder));
    }

    /** Reads a file of any size. */
    <T> T read(String path, ReadableFiles.Reading<T> reading) throws IOException {
        return call(() -> {
            try (var in = fileSystem.open(new Path(path))) {
                return reading.from(in);
            }
        });
    }

    @Override
    public byte[] read(String path, int most) throws IOException {
        return call(() -> {
            try (var in = fileSystem.open(new Path(path))) {
                byte[] bytes = in.readNBytes(most + 1);
                if (bytes.length > most) {
                    throw new IOException("%s has more than %d bytes".formatted(path, most));
                }
                return bytes;
            } catch (IOException e) {
                throw StorageErrors.isGone(e) ? (IOException) new FileNotFoundException(path).initCause(e) : e;
            }
        });
    }

    @Override
    public void write(String path, boolean fresh, Content content) throws IOException {
        call(() -> {
            Path target = new Path(path);
            Optional<Ranges> ranges = HadoopS3Writes.takesParts(fileSystem) ? content.ranges() : Optional.empty();
            if (ranges.isPresent()) {
                new HadoopS3Parts(fileSystem, target, fresh && writesConditionally(target), ranges.get()).write();
            } else {
                writeStream(target, fresh, content);
            }
            loader.written(path);
            return null;
        });
    }

    private void writeStream(Path target, boolean fresh, Content content) throws IOException {
        FSDataOutputStream out = create(target, fresh, content);
        try {
            content.writeTo(out);
        } catch (IOException | RuntimeException e) {
            discard(e, out, target);
            throw e;
        }
        close(out, target);
    }

    private boolean writesConditionally(Path target) throws IOException {
        return fileSystem.hasPathCapability(target, "fs.option.create.conditional.overwrite");
    }

    private FSDataOutputStream create(Path target, boolean fresh, Content content) throws IOException {
        try {
            FSDataOutputStreamBuilder<?, ?> builder =
                    fileSystem.createFile(target).overwrite(!fresh).recursive().progress(content::progressed);
            if (publication == Publication.ON_CLOSE) {
                // Spares the question whether it is a folder; nothing else makes a name below this one.
                builder.opt("fs.s3a.create.performance", true);
                if (fresh && writesConditionally(target)) {
                    builder.must("fs.option.create.conditional.overwrite", true);
                    // The header of a conditional write takes the place of the timeout for large requests, but not in
                    // parts.
                    builder.opt("fs.s3a.create.multipart", true);
                }
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "%s is not a name that the file system accepts; rename the file.".formatted(target.getName()), e);
        }
    }

    /** Closing publishes what has been written so far; so it is aborted first, where that can be done. */
    private void discard(Throwable failure, FSDataOutputStream out, Path target) {
        if (publication == Publication.ON_CLOSE) {
            try {
                out.abort();
            } catch (RuntimeException e) {
                failure.addSuppressed(e);
            }
            closeAfter(failure, out);
            return;
        }
        closeAfter(failure, out);
        removeAfter(failure, target);
    }

    /**
     * HDFS throws the very exception of the failed call again, which a try with resources cannot suppress in itself; a
     * file system that did not get as far as being set up may throw anything.
     */
    static void closeAfter(Throwable failure, Closeable opened) {
        try {
            opened.close();
        } catch (IOException | RuntimeException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    private void close(OutputStream out, Path target) throws IOException {
        try {
            out.close();
        } catch (IOException | RuntimeException e) {
            if (publication != Publication.ON_CLOSE) {
                removeAfter(e, target);
            }
            throw e;
        }
    }

    /** An interrupted thread leaves this to the clean-up that follows, since the file system would refuse it. */
    private void removeAfter(Throwable failure, Path target) {
        if (Thread.currentThread().isInterrupted() || StorageErrors.isNotAnswering(failure)) {
            return;
        }
        try {
            fileSystem.delete(target, false);
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void makeFolder(String folder) throws IOException {
        call(() -> {
            fileSystem.mkdirs(new Path(folder));
            return null;
        });
    }

    @Override
    public boolean move(String folder, String target) throws IOException {
        return call(() -> {
            Path from = new Path(folder);
            Path to = new Path(target);
            if (publication == Publication.MOVED_FOLDER) {
                return moveFolder(from, to);
            }
            boolean moved = true;
            for (FileStatus file : fileSystem.listStatus(from)) {
                fileSystem.mkdirs(to);
                moved &= fileSystem.rename(
                        file.getPath(), new Path(to, file.getPath().getName()));
            }
            return moved && (fileSystem.delete(from, true) || !fileSystem.exists(from));
        });
    }

    /** The ordinary rename of HDFS would move a folder into one that is there. */
    private boolean moveFolder(Path from, Path to) throws IOException {
        try {
            if (fileSystem instanceof DistributedFileSystem hdfs) {
                hdfs.rename(from, to, Options.Rename.NONE);
            } else {
                ((WebHdfsFileSystem) fileSystem).rename(from, to, Options.Rename.NONE);
            }
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (org.apache.hadoop.ipc.RemoteException e) {
            if (e.getClassName().endsWith(".FileAlreadyExistsException")) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean delete(String path) throws IOException {
        return call(() -> fileSystem.delete(new Path(path), true));
    }

    @Override
    public int abortUnfinished(String folder, Predicate<String> names, Instant before) throws IOException {
        return HadoopS3Writes.isFor(fileSystem)
                ? call(() -> HadoopS3Writes.abort(fileSystem, new Path(folder), names, before))
                : 0;
    }

    /** URIs of the files that a pattern stands for, sorted. */
    List<String> matching(String pattern) throws IOException {
        FileStatus[] found = fileSystem.globStatus(new Path(pattern));
        List<String> uris = new ArrayList<>();
        for (FileStatus status : found == null ? new FileStatus[0] : found) {
            if (status.isFile()) {
                uris.add(status.getPath().toUri().toString());
            }
        }
        return uris;
    }

    /** A class that is missing comes to light in any call, and some file systems throw unchecked exceptions for refusals. */
    private <T> T call(HadoopLoader.Work<T> work) throws IOException {
        try {
            return loader.call(work);
        } catch (LinkageError | IllegalArgumentException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            if (StorageErrors.isOfFileSystem(e)) {
                throw new IOException(String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        loader.call(() -> {
            fileSystem.close();
            return null;
        });
    }
}
