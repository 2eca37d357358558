package io.jenkins.plugins.sparkk8s.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileAccessTest {
    @TempDir
    Path home;

    private Path folder;
    private LocalFileAccess access;

    @BeforeEach
    void makeFolders() throws IOException {
        folder = Files.createDirectory(home.resolve("ws"));
        access = LocalFileAccess.within(folder, Files.createDirectory(home.resolve("tmp")));
    }

    private SubmitterEnvironment environment() {
        return new SubmitterEnvironment(Map.of(), "jane", folder, access);
    }

    @Test
    void allowsWhatIsInTheFolderWhetherItExistsOrNot() throws IOException {
        Files.writeString(folder.resolve("a"), "a");

        assertThat(access.refusal(folder.resolve("a"))).isEmpty();
        assertThat(access.refusal(folder.resolve("not/yet"))).isEmpty();
        assertThat(access.refusal(folder.resolve("x/../a"))).isEmpty();
        assertThat(access.refusal(home.resolve("tmp/zip"))).isEmpty();
        assertThat(access.refusal(folder)).isEmpty();
    }

    @Test
    void refusesWhatIsElsewhere() {
        assertThat(access.refusal(home))
                .hasValue("which is outside of %s. Copy it there and name the copy.".formatted(folder));
        assertThat(access.refusal(home.resolve("ws2/a"))).isPresent();
        assertThat(access.refusal(folder.resolve("../a"))).isPresent();
        assertThat(access.refusal(folder.resolve("not/../../yet"))).isPresent();
    }

    @Test
    void followsLinksToWhereTheyLead() throws IOException {
        Files.createDirectories(folder.resolve("inner/deep"));
        Files.createSymbolicLink(folder.resolve("in"), folder.resolve("inner/deep"));
        Files.createSymbolicLink(folder.resolve("out"), home);
        Files.createSymbolicLink(folder.resolve("nowhere"), home.resolve("gone"));

        assertThat(access.refusal(folder.resolve("in/a"))).isEmpty();
        assertThat(access.refusal(folder.resolve("in/../a"))).isEmpty();
        assertThat(access.refusal(folder.resolve("out/a"))).isPresent();
        assertThat(access.refusal(folder.resolve("out/../ws/a"))).isPresent();
        assertThat(access.refusal(folder.resolve("nowhere"))).isPresent();
    }

    @Test
    void folderMayItselfBeReachedByALink() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("link"), folder);

        assertThat(access.refusal(link.resolve("a"))).isEmpty();
    }

    @Test
    void environmentReadsNothingElse() throws IOException {
        Files.writeString(home.resolve("secret"), "s");
        Files.writeString(folder.resolve("own"), "o");

        assertThat(environment().isFile("own")).isTrue();
        assertThat(environment().read("own")).isEqualTo(new byte[] {'o'});
        assertThatThrownBy(() -> environment().read("../secret"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("The file is ../secret, which is outside of ");
        assertThatThrownBy(() -> environment().isFile(home.resolve("secret").toString()))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> environment().resolve("x/../../secret")).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void noneRefusesEverythingForTheReasonGiven() {
        assertThat(LocalFileAccess.none("because").refusal(folder)).hasValue("because");
        assertThat(LocalFileAccess.unlimited().refusal(home)).isEmpty();
    }
}
