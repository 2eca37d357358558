package io.jenkins.plugins.sparkk8s.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceUriTest {
    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void followLinksOfTheTemporaryDirectory() throws IOException {
        directory = temporary.toRealPath();
    }

    @ParameterizedTest
    @CsvSource({
        "hdfs://namenode:8020/a.jar, hdfs, hdfs://namenode:8020/a.jar",
        "s3a://bucket/a.jar, s3a, s3a://bucket/a.jar",
        "local:///opt/a.jar, local, local:///opt/a.jar",
        "https://host/a.jar?v=1, https, https://host/a.jar?v=1",
        "file:/x/a.jar, file, file:/x/a.jar",
        "file:///x/a.jar, file, file:///x/a.jar",
        "FILE:/x/a.jar, FILE, FILE:/x/a.jar",
        "' hdfs://n/a.jar ', hdfs, hdfs://n/a.jar"
    })
    void keepsWhatHasScheme(String text, String scheme, String location) {
        ResourceUri uri = ResourceUri.resolve(text, directory);

        assertThat(uri.scheme()).isEqualTo(scheme);
        assertThat(uri.location()).isEqualTo(location);
        assertThat(uri).hasToString(location);
    }

    @Test
    void findsWhereFileIs() {
        assertThat(ResourceUri.of("local:///a").isContainerLocal()).isTrue();
        assertThat(ResourceUri.of("local:///a").isSubmitterLocal()).isFalse();
        assertThat(ResourceUri.of("/a").isSubmitterLocal()).isTrue();
        assertThat(ResourceUri.of("FILE:/a").isSubmitterLocal()).isTrue();
        assertThat(ResourceUri.of("hdfs:///a").isSubmitterLocal()).isFalse();
    }

    @Test
    void resolvesRelativePathAgainstWorkingDirectory() {
        assertThat(ResourceUri.resolve("lib/../app.jar", directory)).hasToString("file:" + directory + "/app.jar");
    }

    @Test
    void resolvesRelativePathOfFileUriToo() {
        ResourceUri uri = ResourceUri.resolve("file:lib/my%20app.jar#x", directory);

        assertThat(uri).hasToString("file:" + directory + "/lib/my%20app.jar#x");
        assertThat(uri.localPath()).isEqualTo(directory.resolve("lib/my app.jar"));
    }

    @Test
    void keepsAbsolutePath() {
        assertThat(ResourceUri.resolve(directory + "/app.jar", Path.of("/elsewhere")))
                .hasToString("file:" + directory + "/app.jar");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my app.jar",
                "100%.jar",
                "100%25.jar",
                "a?b.jar",
                "a+b&c=d.jar",
                "a:b.jar",
                "x[1].jar",
                "a;b,c.jar"
            })
    void findsFileOfAnyNameAgain(String name) throws IOException {
        Path file = Files.createFile(directory.resolve(name));
        ResourceUri uri = ResourceUri.resolve("./" + name, directory);

        assertThat(uri.localPath()).isEqualTo(file).exists();
        assertThat(uri.fileName()).isEqualTo(name);
        assertThat(ResourceUri.of(uri.toString())).isEqualTo(uri);
    }

    @Test
    void findsFileWithNameOutsideAscii() throws IOException {
        String name = "größe-日本.jar";
        assumeTrue(Charset.forName(System.getProperty("sun.jnu.encoding"))
                .newEncoder()
                .canEncode(name));
        Path file = Files.createFile(directory.resolve(name));
        ResourceUri uri = ResourceUri.resolve(name, directory);

        assertThat(uri.localPath()).isEqualTo(file).exists();
        assertThat(uri.fileName()).isEqualTo(name);
        assertThat(ResourceUri.of(uri.toString())).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource({
        "file:/x/my%20app.jar, /x/my app.jar",
        "file:/x/my app.jar, /x/my app.jar",
        "file:///x/my app.jar, /x/my app.jar",
        "file:/x/100%.jar, /x/100%.jar",
        "file:/x/a?.jar, /x/a?.jar",
        "file:///x/a%23b.jar, /x/a#b.jar",
        "file://localhost/x/a.jar, /x/a.jar"
    })
    void readsPathOfFileUri(String text, Path expected) {
        ResourceUri uri = ResourceUri.resolve(text, directory);

        assertThat(uri.localPath()).isEqualTo(expected);
        assertThat(uri.fileName()).isEqualTo(expected.getFileName().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"file://a.jar", "file://lib/a.jar", "file://"})
    void refusesFileUriWithHost(String text) {
        assertThatThrownBy(() -> ResourceUri.resolve(text, directory))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "%s names a host after file://, but a local file has none. Write file:///path or only the path.",
                        text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#name", "/", "file:/", "file:", "file:///"})
    void refusesWhatNamesNoFile(String text) {
        assertThatThrownBy(() -> ResourceUri.resolve(text, directory))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("names no file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b.jar", "file:/a\0b.jar"})
    void refusesWhatIsNoPath(String text) {
        assertThatThrownBy(() -> ResourceUri.resolve(text, directory))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("is not a path");
    }

    @Test
    void cutsFragmentOffAndPutsItBack() {
        ResourceUri uri = ResourceUri.resolve("hdfs://n/env.tar.gz#env", directory);

        assertThat(uri.location()).isEqualTo("hdfs://n/env.tar.gz");
        assertThat(uri.fragmentName()).contains("env");
        assertThat(uri.movedTo("hdfs://m/x.tar.gz")).hasToString("hdfs://m/x.tar.gz#env");
        assertThat(ResourceUri.resolve("env.tar.gz#a:b", directory).fragment()).isEqualTo("a:b");
        assertThat(ResourceUri.resolve("a.jar", directory).fragmentName()).isEmpty();
    }

    @Test
    void followsLinks() throws IOException {
        Path target = Files.createFile(directory.resolve("app-1.0.jar"));
        Files.createSymbolicLink(directory.resolve("app.jar"), target);

        assertThat(ResourceUri.resolve("app.jar", directory).fileName()).isEqualTo("app-1.0.jar");
    }

    @Test
    void namesDirectoryWithoutSlashAtItsEnd() throws IOException {
        Files.createDirectory(directory.resolve("conf"));
        ResourceUri uri = ResourceUri.resolve("conf/", directory);

        assertThat(uri).hasToString("file:" + directory + "/conf");
        assertThat(uri.fileName()).isEqualTo("conf");
        assertThat(ResourceUri.of("hdfs://n/dir/").fileName()).isEqualTo("dir");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:/a.jar", "a/b:c.jar", "1a:b.jar", "my file:a.jar", ":a.jar"})
    void takesForPathWhatOnlyLooksLikeScheme(String text) {
        assertThat(ResourceUri.resolve(text, directory).isSubmitterLocal()).isTrue();
    }

    @Test
    void hasNoLocalPathForRemoteFile() {
        assertThatThrownBy(() -> ResourceUri.of("hdfs:///a").localPath()).isInstanceOf(IllegalStateException.class);
    }
}
