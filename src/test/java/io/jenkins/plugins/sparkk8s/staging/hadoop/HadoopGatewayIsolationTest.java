package io.jenkins.plugins.sparkk8s.staging.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.staging.WebHdfsServer;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway as a plugin has it: its classes and Hadoop's in a loader of their own, and a context class loader that
 * sees neither. A flat class path, as in the other tests, cannot show what goes wrong there.
 */
class HadoopGatewayIsolationTest {
    @TempDir
    Path directory;

    @Test
    void worksUnderForeignContextLoaderAndLeavesItAsItWas() throws Exception {
        Path source = Files.writeString(directory.resolve("a.txt"), "alpha");
        Path target = directory.resolve("uploads/a.txt");
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader maskUntrusted = new ClassLoader(ClassLoader.getPlatformClassLoader()) {};
        try (URLClassLoader plugin = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(maskUntrusted);
            Callable<?> upload = (Callable<?>) plugin.loadClass(IsolatedUpload.class.getName())
                    .getConstructor(Path.class, String.class)
                    .newInstance(source, "file:" + target);

            assertThat(upload.getClass()).isNotEqualTo(IsolatedUpload.class);
            assertThat(upload.call()).isEqualTo("file:" + target);
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(maskUntrusted);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
        assertThat(target).hasContent("alpha");
    }

    /** The JVM would run it when the classes of the plugin are gone. */
    @Test
    void addsNoHookToTheShutdownOfTheController() throws Exception {
        Path source = Files.writeString(directory.resolve("a.txt"), "alpha");
        try (RecordingLoader plugin = new RecordingLoader()) {
            Callable<?> upload = (Callable<?>) plugin.loadClass(IsolatedUpload.class.getName())
                    .getConstructor(Path.class, String.class)
                    .newInstance(source, "file:" + directory.resolve("uploads/a.txt"));
            upload.call();

            assertThat(plugin.hasLoaded("org.apache.hadoop.fs.FileSystem")).isTrue();
            assertThat(plugin.hasLoaded("org.apache.hadoop.util.ShutdownHookManager"))
                    .isFalse();
        }
    }

    /** The class path of the tests has an in-process HDFS, which brings what its client lacks. */
    @Test
    void uploadsByWebHdfsWithNothingButTheClientThatIsBundled() throws Exception {
        Path source = Files.writeString(directory.resolve("a.txt"), "alpha");
        URL[] bundled = Arrays.stream(classPath())
                .filter(entry -> !entry.getPath().contains("minicluster"))
                .toArray(URL[]::new);
        try (WebHdfsServer server = new WebHdfsServer();
                URLClassLoader plugin = new URLClassLoader(bundled, ClassLoader.getPlatformClassLoader())) {
            Callable<?> upload = (Callable<?>) plugin.loadClass(IsolatedUpload.class.getName())
                    .getConstructor(Path.class, String.class)
                    .newInstance(source, server.url() + "/uploads/a.txt");

            assertThat(upload.call()).isEqualTo(server.url() + "/uploads/a.txt");
            assertThat(server.content("/uploads/a.txt")).isEqualTo("alpha");
        }
    }

    private static final class RecordingLoader extends URLClassLoader {
        RecordingLoader() {
            super(classPath(), ClassLoader.getPlatformClassLoader());
        }

        boolean hasLoaded(String name) {
            return findLoadedClass(name) != null;
        }
    }

    private static URL[] classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> new File(entry).toURI())
                .map(HadoopGatewayIsolationTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(URI uri) {
        try {
            return uri.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(uri + " is on the class path and no URL", e);
        }
    }
}
