package io.jenkins.plugins.sparkk8s.staging.hadoop;

import io.jenkins.plugins.sparkk8s.staging.store.Connectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Runs work with the class loader of Hadoop's classes as the context class loader, and puts the former one back. That is this
 * class' own, or one over it that has the jars of connectors.
 */
final class HadoopLoader {
    private static final Logger LOGGER = Logger.getLogger(HadoopLoader.class.getName());

    /** One for the life of the process: Hadoop and the connectors keep what they have loaded. */
    private static final class OfProcess {
        static final HadoopLoader INSTANCE = make(System.getenv(Connectors.FOLDER));
    }

    private final ClassLoader loader;
    private final HadoopConfigurations configurations;
    /** Whether classes come from another machine, one by one. */
    private final boolean remote;
    /** Schemes whose classes are here. */
    private final Set<String> loaded = ConcurrentHashMap.newKeySet();

    private HadoopLoader(ClassLoader loader) {
        this(loader, HadoopLoader.class.getClassLoader().getClass().getName().startsWith("hudson.remoting."));
    }

    private HadoopLoader(ClassLoader loader, boolean remote) {
        this.loader = loader;
        this.configurations = new HadoopConfigurations(loader);
        this.remote = remote;
    }

    /** One whose classes seem to come from another machine. */
    static HadoopLoader ofAgent() {
        return new HadoopLoader(HadoopLoader.class.getClassLoader(), true);
    }

    /**
     * Whether the classes for a location are still to come from the controller: tens of megabytes, in the middle of the first calls. They must
     * be waited for. A thread that is interrupted while it waits for a class leaves what cannot be used until the agent connects again.
     */
    boolean fetchesClasses(String location) {
        return remote && !loaded.contains(scheme(location));
    }

    /** Files have been written there. */
    void written(String location) {
        if (remote) {
            loaded.add(scheme(location));
        }
    }

    private static String scheme(String location) {
        return location.substring(0, Math.max(0, location.indexOf(':'))).toLowerCase(Locale.ROOT);
    }

    /** That of this process, by its environment. */
    static HadoopLoader ofProcess() {
        return OfProcess.INSTANCE;
    }

    private static HadoopLoader make(String folder) {
        try {
            return of(folder == null || folder.isBlank() ? null : Path.of(folder.trim()));
        } catch (IOException | InvalidPathException e) {
            LOGGER.log(
                    Level.WARNING,
                    "The folder of connectors {0} ({1}) cannot be read, so that only the bundled file systems are there: {2}",
                    new Object[] {folder, Connectors.FOLDER, e.getMessage()});
            return new HadoopLoader(HadoopLoader.class.getClassLoader());
        }
    }

    /**
     * @param connectors folder of jars; null for none
     * @throws IOException when it cannot be read
     */
    static HadoopLoader of(Path connectors) throws IOException {
        ClassLoader own = HadoopLoader.class.getClassLoader();
        return new HadoopLoader(connectors == null ? own : new URLClassLoader(jars(connectors), own));
    }

    private static URL[] jars(Path folder) throws IOException {
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path jar : entries.filter(entry -> entry.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                urls.add(jar.toUri().toURL());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return urls.toArray(new URL[0]);
    }

    /** Of this process: each is a copy of what it has parsed once. */
    HadoopConfigurations configurations() {
        return configurations;
    }

    /** Work that loads classes or reads resources by the context class loader. */
    interface Work<T> {
        T run() throws IOException;
    }

    <T> T call(Work<T> work) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
