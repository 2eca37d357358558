package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.application.GlobExpander;
import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ReflectionUtils;

/**
 * The only door to Hadoop.
 *
 * <p>Hadoop finds its defaults and its file systems through the context class loader and keeps what it found for the
 * life of the process; a first call with a foreign loader (any thread of a Jenkins controller has one) breaks it for
 * good. So every call here runs with this class' own loader. File systems are opened for one operation and closed,
 * never taken from Hadoop's cache, which would keep the settings of somebody else's application.
 */
public final class HadoopGateway implements GlobExpander {
    private static final int BUFFER_BYTES = 128 * 1024;

    /** Hadoop's own defaults keep trying a dead name node for many minutes. */
    private static final Map<String, String> BOUNDED_RETRIES = Map.of(
            "ipc.client.connect.timeout", "10000",
            "ipc.client.connect.max.retries", "3",
            "ipc.client.connect.max.retries.on.timeouts", "2",
            "dfs.client.failover.max.attempts", "4",
            "dfs.client.retry.max.attempts", "3");

    /**
     * Hadoop's own table of file systems is filled once, through whatever context class loader the first caller has; these
     * are found without it.
     */
    private static final Map<String, String> FILE_SYSTEMS = Map.of(
            "fs.file.impl", "org.apache.hadoop.fs.LocalFileSystem",
            "fs.hdfs.impl", "org.apache.hadoop.hdfs.DistributedFileSystem",
            "fs.webhdfs.impl", "org.apache.hadoop.hdfs.web.WebHdfsFileSystem",
            "fs.swebhdfs.impl", "org.apache.hadoop.hdfs.web.SWebHdfsFileSystem",
            "fs.viewfs.impl", "org.apache.hadoop.fs.viewfs.ViewFileSystem");

    private static final Pattern WEB_SCHEME = Pattern.compile("s?webhdfs:", Pattern.CASE_INSENSITIVE);

    private final HadoopSettings settings;

    public HadoopGateway(HadoopSettings settings) {
        this.settings = settings;
    }

    /** Work on an open file system. */
    private interface FileSystemCall<T> {
        T on(FileSystem fileSystem) throws IOException;
    }

    /**
     * Copies a file, or a folder with all it holds, and overwrites what is there.
     *
     * @param target path on the upload file system; missing folders are made
     * @param written hears the number of bytes of each piece written
     * @throws InterruptedIOException when the thread is interrupted; what was written so far stays
     */
    void upload(Path source, String target, LongConsumer written) throws IOException {
        call(target, fileSystem -> {
            copy(fileSystem, source, new org.apache.hadoop.fs.Path(target), written);
            return null;
        });
    }

    void makeDirectory(String directory) throws IOException {
        call(directory, fileSystem -> {
            org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(directory);
            if (!fileSystem.mkdirs(path) && "file".equals(fileSystem.getUri().getScheme())) {
                // Hadoop does not say why a mounted folder takes none.
                Files.createDirectories(Path.of(path.toUri().getPath()));
            }
            return null;
        });
    }

    /** Removes a folder with all it holds; false when there is none. */
    boolean delete(String directory) throws IOException {
        return call(directory, fileSystem -> fileSystem.delete(new org.apache.hadoop.fs.Path(directory), true));
    }

    @Override
    public List<ResourceUri> expand(ResourceUri pattern) {
        String path = pattern.isSubmitterLocal() ? "file://" + pattern.localPath() : pattern.location();
        try {
            return call(path, fileSystem -> {
                FileStatus[] found = fileSystem.globStatus(new org.apache.hadoop.fs.Path(path));
                return found == null
                        ? List.of()
                        : Arrays.stream(found)
                                .filter(FileStatus::isFile)
                                .map(status ->
                                        ResourceUri.of(status.getPath().toUri().toString()))
                                .toList();
            });
        } catch (IOException e) {
            throw new StagingException(
                    "The files %s cannot be listed: %s".formatted(path, HadoopErrors.sentence(e, path)), e);
        }
    }

    private static void copy(FileSystem fileSystem, Path source, org.apache.hadoop.fs.Path target, LongConsumer written)
            throws IOException {
        for (Path entry : LocalFiles.below(source)) {
            String name = source.relativize(entry).toString();
            org.apache.hadoop.fs.Path copy = name.isEmpty() ? target : below(target, name);
            if (Files.isDirectory(entry)) {
                fileSystem.mkdirs(copy);
            } else {
                copyFile(fileSystem, entry, copy, written);
            }
        }
    }

    /** Made of the path's text: a child's name with a colon would be taken for a URI. */
    private static org.apache.hadoop.fs.Path below(org.apache.hadoop.fs.Path folder, String name) {
        URI uri = folder.toUri();
        return new org.apache.hadoop.fs.Path(uri.getScheme(), uri.getAuthority(), uri.getPath() + "/" + name);
    }

    private static void copyFile(
            FileSystem fileSystem, Path source, org.apache.hadoop.fs.Path target, LongConsumer written)
            throws IOException {
        try (InputStream in = Files.newInputStream(source)) {
            OutputStream out = create(fileSystem, target);
            try {
                transfer(in, out, written);
            } catch (IOException | RuntimeException e) {
                closeAfter(e, out);
                throw e;
            }
            out.close();
        }
    }

    private static void transfer(InputStream in, OutputStream out, LongConsumer written) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while uploading");
            }
            out.write(buffer, 0, read);
            written.accept(read);
        }
    }

    /** HDFS throws the very exception of the failed write again, which a try with resources cannot suppress in itself. */
    private static void closeAfter(Throwable failure, Closeable opened) {
        try {
            opened.close();
        } catch (IOException e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    private static OutputStream create(FileSystem fileSystem, org.apache.hadoop.fs.Path target) throws IOException {
        try {
            return fileSystem.create(target, true);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "%s is not a name that the file system accepts; rename the file.".formatted(target.getName()), e);
        }
    }

    private <T> T call(String location, FileSystemCall<T> work) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(HadoopGateway.class.getClassLoader());
        try (FileSystem fileSystem = open(location)) {
            // Spark leaves a .crc file beside each one on a mounted folder; nobody reads or removes it there.
            fileSystem.setWriteChecksum(false);
            return work.on(fileSystem);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Hadoop tells an unknown host, a bad URI and a missing class by unchecked exceptions. */
    private FileSystem open(String location) throws IOException {
        try {
            if (WEB_SCHEME.matcher(location).lookingAt()) {
                WebHdfsResponses.makeReadable();
            }
            Configuration configuration = configuration();
            return open(complete(uri(location), configuration), configuration);
        } catch (RuntimeException | LinkageError e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Does what {@link FileSystem#newInstance} does, but for its cache, which adds a hook to the shutdown of the JVM. A
     * controller closes this plugin's class loader before that, and then the hook dies for want of its own classes.
     */
    private static FileSystem open(URI uri, Configuration configuration) throws IOException {
        FileSystem fileSystem = ReflectionUtils.newInstance(
                FileSystem.getFileSystemClass(uri.getScheme(), configuration), configuration);
        try {
            fileSystem.initialize(uri, configuration);
            return fileSystem;
        } catch (IOException | RuntimeException | LinkageError e) {
            closeAfter(e, fileSystem);
            throw e;
        }
    }

    /** {@code hdfs:///folder} is on the default file system, if that is an HDFS. */
    private static URI complete(URI uri, Configuration configuration) {
        URI standard = FileSystem.getDefaultUri(configuration);
        return uri.getAuthority() == null
                        && standard.getAuthority() != null
                        && uri.getScheme().equals(standard.getScheme())
                ? standard
                : uri;
    }

    /** A path without a scheme is on the local file system, as in {@code Utils.resolveURI} of Spark. */
    private static URI uri(String location) {
        URI uri = new org.apache.hadoop.fs.Path(location).toUri();
        return uri.getScheme() == null ? URI.create("file:///") : uri;
    }

    private Configuration configuration() {
        Configuration configuration = new Configuration(false);
        configuration.setClassLoader(HadoopGateway.class.getClassLoader());
        configuration.setRestrictSystemProperties(!settings.expandEnvironment());
        configuration.addResource("core-default.xml");
        configuration.addResource("hdfs-default.xml");
        BOUNDED_RETRIES.forEach(configuration::set);
        FILE_SYSTEMS.forEach(configuration::set);
        addSiteFiles(configuration);
        settings.properties().forEach(configuration::set);
        return configuration;
    }

    private void addSiteFiles(Configuration configuration) {
        if (settings.confDirectory() == null) {
            return;
        }
        Configuration site = new Configuration(false);
        for (String name : List.of("core-site.xml", "hdfs-site.xml")) {
            Path file = settings.confDirectory().resolve(name);
            if (Files.isReadable(file)) {
                site.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
            }
        }
        site.forEach(entry -> configuration.set(entry.getKey(), entry.getValue()));
    }
}
