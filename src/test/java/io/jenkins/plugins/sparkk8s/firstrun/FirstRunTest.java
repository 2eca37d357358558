package io.jenkins.plugins.sparkk8s.firstrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees of {@code bin/demo} until the demo itself starts. */
class FirstRunTest {
    private static final String DEMO = "java io.jenkins.plugins.sparkk8s.localcluster.Demo\nexit status 0\n";

    @TempDir
    private Path directory;

    private BareMachine machine;

    @BeforeEach
    void setUp() throws IOException {
        machine = new BareMachine(directory);
    }

    @Test
    void buildsMissingPartsAndStartsTheDemo() throws Exception {
        String output = machine.demo();

        assertThat(output).startsWith("First run: ").endsWith(DEMO);
        assertThat(output)
                .containsSubsequence(
                        "Building the plugin and the local cluster ...\n",
                        "  done: ",
                        "Fetching Spark ...\n",
                        "Building the example application ...\n");
        assertThat(machine.mavenCalls()).hasSize(3);
    }

    @Test
    void helpBuildsAndStartsNothing() throws Exception {
        machine.without("mvn");

        for (String[] arguments : new String[][] {{"--help"}, {"-h"}, {"--s3", "--help"}}) {
            assertThat(machine.demo(arguments))
                    .startsWith("Usage: bin/demo ")
                    .contains("--s3", "--phases", "--fail")
                    .endsWith("exit status 0\n")
                    .doesNotContain(DEMO);
        }
        assertThat(machine.mavenCalls()).isEmpty();
    }

    /** All but those of the tests. */
    @Test
    void helpNamesTheOptionsOfTheApplication() throws Exception {
        String usage = Files.readString(
                Path.of("examples/spark-app/src/main/java/io/jenkins/plugins/sparkk8s/examples/MonteCarloPi.java"));
        String help = machine.demo("--help");

        Pattern.compile("\"  (--[a-z0-9-]+)")
                .matcher(usage)
                .results()
                .map(option -> option.group(1))
                .filter(option -> !option.startsWith("--check-"))
                .forEach(option -> assertThat(help).contains(option));
    }

    @Test
    void countsWhatWasFetched() throws Exception {
        machine.mavenPrints("""
                [INFO] Downloading from central: https://repository.example.com/a/1/a-1.jar
                [INFO] Downloaded from central: https://repository.example.com/a/1/a-1.pom (512 B at 13 kB/s)
                [INFO] Downloaded from central: https://repository.example.com/b/1/b-1.jar (731 kB at 1.5 MB/s)
                [INFO] Downloaded from central: https://repository.example.com/a/1/a-1.jar (12.4 MB at 41 MB/s)
                """);

        assertThat(machine.demo())
                .containsSubsequence(", 13 MB fetched of ", ", 26 MB fetched of ", ", 39 MB fetched of ");
    }

    @Test
    void doesNotRunMavenTheSecondTime() throws Exception {
        machine.demo();
        machine.without("mvn");

        assertThat(machine.demo()).isEqualTo(DEMO);
        assertThat(machine.mavenCalls()).hasSize(3);
    }

    @Test
    void fetchesAgainWhatWasRemovedFromTheLocalRepository() throws Exception {
        machine.demo();
        Files.delete(machine.jarOfTheLocalRepository());

        assertThat(machine.demo())
                .startsWith("Building the plugin and the local cluster ...")
                .endsWith(DEMO);
    }

    @Test
    void continuesAfterAFailure() throws Exception {
        machine.mavenFailsWith("[ERROR] any\n");
        assertThat(machine.demo()).endsWith("exit status 1\n");
        machine.mavenWorksAgain();

        assertThat(machine.demo()).endsWith(DEMO);
    }

    @Test
    void keepsTheWholeLogOfMaven() throws Exception {
        machine.mavenFailsWith("[INFO] one\n[ERROR] two\nthree");

        assertThat(machine.demo()).contains("whole log: " + machine.log());
        assertThat(machine.log()).hasContent("[INFO] one\n[ERROR] two\nthree");
    }

    @Test
    void waitsForAnotherBuildOfTheSameUser() throws Exception {
        Process other = new ProcessBuilder("flock", machine.lock().toString(), "cat").start();
        await().until(() -> Files.exists(machine.lock()));
        Process demo = machine.startDemo();
        await().untilAsserted(() -> assertThat(machine.output()).startsWith("Waiting for another build"));
        assertThat(machine.mavenCalls()).isEmpty();

        other.getOutputStream().close();

        assertThat(demo.waitFor()).isZero();
        assertThat(machine.mavenCalls()).hasSize(3);
    }

    @Test
    void theReadmeNamesWhatIsFetched() throws IOException {
        Matcher size = Pattern.compile("(?m)^first_fetch_mb=(\\d+)$").matcher(Files.readString(Path.of("bin/.maven")));

        assertThat(size.find()).isTrue();
        assertThat(Path.of("README.md")).content().contains("about " + size.group(1) + " MB");
    }
}
