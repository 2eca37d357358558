package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * In Jenkins the plugin has a class loader of its own, and a thread's context class loader knows neither it nor Hadoop.
 */
class IsolatedLoaderTest {
    private static final String STAGING = "io.jenkins.plugins.sparkk8s.jenkins.agent.IsolatedStaging";

    @TempDir
    Path home;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private URLClassLoader maskUntrusted;
    private URLClassLoader plugin;

    @BeforeEach
    void makeLoaders() throws MalformedURLException {
        maskUntrusted = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader());
        plugin = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        Thread.currentThread().setContextClassLoader(maskUntrusted);
    }

    @AfterEach
    void restoreLoader() throws Exception {
        Thread.currentThread().setContextClassLoader(before);
        // The other one stays open: Hadoop uses it once more when the process ends.
        maskUntrusted.close();
    }

    private static URL[] classPath() throws MalformedURLException {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<URL> urls = new ArrayList<>();
        for (String entry : path.split(File.pathSeparator)) {
            // It has Hadoop's classes once more, with other services.
            if (!entry.contains("minicluster")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    private Object call(String method, Class<?>[] types, Object... arguments) throws Throwable {
        try {
            return plugin.loadClass(STAGING).getMethod(method, types).invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void assertThatStagingWorks() throws Throwable {
        String directory = "spark-upload-00112233445566778899aabbccddeeff-";
        assertThat(call("stage", new Class<?>[] {Path.class}, home))
                .isEqualTo(List.of(directory + "1/a.jar", directory + "2/app.py"));
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(maskUntrusted);
    }

    @Test
    void stagesUnderAForeignContextClassLoader() throws Throwable {
        assertThatStagingWorks();
    }

    @Test
    void stagesAfterAFirstUseOfHadoopWithTheWrongLoader() throws Throwable {
        assertThat(call("poison", new Class<?>[0])).isEqualTo(true);

        assertThatStagingWorks();
    }
}
