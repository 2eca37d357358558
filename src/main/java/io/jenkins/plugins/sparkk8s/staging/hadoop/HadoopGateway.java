package io.jenkins.plugins.sparkk8s.staging.hadoop;

import io.jenkins.plugins.sparkk8s.application.GlobExpander;
import io.jenkins.plugins.sparkk8s.application.RemoteFiles;
import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.staging.files.ByteSizes;
import io.jenkins.plugins.sparkk8s.staging.store.LocalStore;
import io.jenkins.plugins.sparkk8s.staging.store.ReadableFiles;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import io.jenkins.plugins.sparkk8s.staging.store.StorageErrors;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import io.jenkins.plugins.sparkk8s.staging.store.StoredFile;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.util.ReflectionUtils;

/**
 * The only door to Hadoop, for one application.
 *
 * <p>Hadoop finds its defaults and its file systems through the context class loader and keeps what it found for the
 * life of the process; a first call with a foreign loader (any thread of a Jenkins controller has one) breaks it for
 * good. So every call here runs with the loader of Hadoop's own classes. File systems are opened for one submission and
 * closed, never taken from Hadoop's cache, which would keep the settings of another application.
 */
public final class HadoopGateway implements GlobExpander {
    private static final Pattern WEB_SCHEME = Pattern.compile("s?webhdfs:", Pattern.CASE_INSENSITIVE);

    private final HadoopSettings settings;
    private final StorageAccess access;
    private final HadoopLoader loader;
    private Configuration configuration;

    public HadoopGateway(HadoopSettings settings) {
        this(settings, null, HadoopLoader.ofProcess());
    }

    /**
     * One with a credential for one storage.
     *
     * @param settings for all others
     * @param access to that storage; null for none
     */
    public HadoopGateway(HadoopSettings settings, StorageAccess access) {
        this(settings, access, HadoopLoader.ofProcess());
    }

    HadoopGateway(HadoopSettings settings, HadoopLoader loader) {
        this(settings, null, loader);
    }

    private HadoopGateway(HadoopSettings settings, StorageAccess access, HadoopLoader loader) {
        this.settings = settings;
        this.access = access;
        this.loader = loader;
    }

    /** Hides the keys of storages, which their clients repeat in some failures. */
    public SecretMask mask() {
        return access == null
                ? settings.mask()
                : settings.mask()
                        .and(access.settings().mask())
                        .and(access.login().mask());
    }

    /**
     * Runs calls to the file system of a path.
     *
     * @param count of threads
     * @param stall what it gets to answer once its classes are loaded
     */
    public StoreCalls calls(int count, String location, Duration stall) {
        return loader.fetchesClasses(location) ? StoreCalls.fetchingClasses(count) : new StoreCalls(count, stall);
    }

    /**
     * Opens the file system of a path; some do not ask their server until the first call.
     *
     * @throws IOException when there is none for the scheme, or it does not take its configuration
     */
    public UploadStore open(String location) throws IOException {
        if (LocalStore.has(location)) {
            return new LocalStore();
        }
        return loader.call(() -> HadoopStore.forUploads(fileSystem(location), loader, location));
    }

    @Override
    public List<ResourceUri> expand(ResourceUri pattern) {
        String path = pattern.isSubmitterLocal() ? "file://" + pattern.localPath() : pattern.location();
        try (StoreCalls calls = calls(1, path, StoreCalls.STALL)) {
            return calls.one(() -> calls.opened(openForReading(path)).matching(path)).stream()
                    .map(ResourceUri::of)
                    .toList();
        } catch (IOException e) {
            throw new StagingException(
                    "The files %s cannot be listed: %s".formatted(path, StorageErrors.sentence(e, path)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("The listing of the files %s was interrupted.".formatted(path));
        }
    }

    private HadoopStore openForReading(String location) throws IOException {
        return loader.call(() -> HadoopStore.forReading(fileSystem(location), loader));
    }

    /**
     * Reads small files for one application, each once.
     *
     * <p>What its file system refuses or does not answer is a {@link StagingException}.
     */
    public RemoteFiles remoteFiles() {
        Map<String, byte[]> known = new ConcurrentHashMap<>();
        return (key, location) -> known.computeIfAbsent(location, path -> read(key, path));
    }

    private byte[] read(String key, String location) {
        try (StoreCalls calls = calls(1, location, StoreCalls.STALL)) {
            return calls.one(() -> {
                HadoopStore store = calls.opened(openForReading(location));
                requireSmallFile(key, location, store.find(location));
                calls.progressed();
                return store.read(location, RemoteFiles.MOST_BYTES);
            });
        } catch (IOException e) {
            throw new StagingException(
                    "%s names %s, which cannot be read: %s"
                            .formatted(key, location, StorageErrors.sentence(e, location)),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConfigurationException("%s names %s, whose reading was interrupted.".formatted(key, location));
        }
    }

    /**
     * Reads files that may be large, for as long as the file system answers.
     *
     * @param folder on the file system
     * @throws IOException what the work throws, also when there is no answer
     */
    public <T> T read(String folder, ReadableFiles.Work<T> work) throws IOException, InterruptedException {
        try (StoreCalls calls = calls(1, folder, StoreCalls.STALL)) {
            return calls.one(() -> work.with(new OpenFiles(calls.opened(openForReading(folder)), calls::progressed)));
        }
    }

    /** Why a call of {@link #read} failed, as a sentence. */
    public static String describe(IOException failure, String location) {
        return StorageErrors.sentence(failure, location);
    }

    private static void requireSmallFile(String key, String location, Optional<StoredFile> found) {
        if (found.isEmpty()) {
            throw new ConfigurationException(
                    "%s names %s, which does not exist. Correct the path.".formatted(key, location));
        }
        if (found.get().folder()) {
            throw new ConfigurationException("%s names %s, a folder. Name a file.".formatted(key, location));
        }
        if (found.get().size() > RemoteFiles.MOST_BYTES) {
            throw new ConfigurationException("%s names %s, which has %s, but may have %s at most. Name another file."
                    .formatted(
                            key,
                            location,
                            ByteSizes.readable(found.get().size()),
                            ByteSizes.readable(RemoteFiles.MOST_BYTES)));
        }
    }

    /** Hadoop reports an unknown host, a bad URI and a missing class by unchecked exceptions. */
    private FileSystem fileSystem(String location) throws IOException {
        try {
            if (WEB_SCHEME.matcher(location).lookingAt()) {
                WebHdfsResponses.makeReadable();
            }
            HadoopLogin.Opening opening = own -> open(complete(uri(location), own), own);
            return access != null && access.login().isFor(location)
                    ? new HadoopLogin(
                                    loader.configurations().of(access.settings(), loader.fetchesClasses(location)),
                                    opening)
                            .open(access.login())
                    : new HadoopLogin(configuration(loader.fetchesClasses(location)), opening).open(location);
        } catch (RuntimeException | LinkageError e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private synchronized Configuration configuration(boolean fetchesClasses) {
        if (configuration == null) {
            configuration = loader.configurations().of(settings, fetchesClasses);
        }
        return configuration;
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
            HadoopStore.closeAfter(e, fileSystem);
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
}
