package io.jenkins.plugins.sparkk8s.firstrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One sentence with cause and remedy in the place of Maven's hints. The errors are those of Maven 3.8 and 3.9. */
class FirstRunFailureTest {
    private static final String HINTS = " -> [Help 1]\n[ERROR] \n[ERROR] Re-run Maven using the -X switch\n";
    private static final String CENTRAL = " from/to central (https://repository.example.com/maven2): ";
    private static final String MIRROR = "mirror (http://127.0.0.1:8081)";

    @TempDir
    private Path directory;

    private BareMachine machine;

    @BeforeEach
    void setUp() throws IOException {
        machine = new BareMachine(directory);
    }

    /** The last sentence of the demo when Maven ends with this error. */
    private String sentence(String error) throws Exception {
        machine.mavenFailsWith("[ERROR] " + error + HINTS);
        String output = machine.demo();
        assertThat(output)
                .endsWith(" (whole log: " + machine.log() + ").\nexit status 1\n")
                .doesNotContain("ERROR", "Help 1", "-X switch");
        return output.lines()
                .filter(line -> line.startsWith("demo: "))
                .findFirst()
                .orElseThrow();
    }

    private String refusal() throws Exception {
        String output = machine.demo();
        assertThat(output).endsWith("exit status 1\n");
        assertThat(machine.mavenCalls()).isEmpty();
        return output;
    }

    @ParameterizedTest
    @CsvSource({"Unknown host repository.example.com", "Network is unreachable", "No route to host"})
    void noNetwork(String reason) throws Exception {
        assertThat(sentence("Could not transfer artifact a:a:pom:1" + CENTRAL + reason))
                .contains(
                        "no network: the repository central (https://repository.example.com/maven2) cannot be reached; ")
                .contains("connect, or name your proxy");
    }

    @ParameterizedTest
    @CsvSource({
        "'authorization failed for http://a/b.pom, status: 403 Forbidden', status: 403 Forbidden",
        "'transfer failed for http://a/b.pom, status: 503 Service Unavailable', status: 503 Service Unavailable",
        "'status code: 502, reason phrase: Bad Gateway (502)', status code: 502",
        "Connect to repository.example.com:443 failed: Connection refused, Connection refused",
        "Connect to repository.example.com:443 failed: Connect timed out, Connect timed out",
        "PKIX path building failed: sun.security.validator, PKIX path building failed",
        "Remote host terminated the handshake, Remote host terminated the handshake"
    })
    void anArtifactThatCannotBeFetched(String reason, String shown) throws Exception {
        assertThat(sentence("Failed to read artifact descriptor for a:a:jar:1: Could not transfer artifact a:b:pom:1"
                        + CENTRAL + reason))
                .contains(
                        "a:b:pom:1 could not be fetched from the repository central (https://repository.example.com/maven2): "
                                + shown + "; ")
                .contains("check the mirrors and the proxy");
    }

    @Test
    void anArtifactThatCentralDoesNotHave() throws Exception {
        assertThat(
                        sentence(
                                "Failed to execute goal on project x: Could not find artifact a:b:jar:1 in central (https://c)"))
                .contains("the repository central (https://c) does not have a:b:jar:1; ")
                .contains("report it");
    }

    @ParameterizedTest
    @CsvSource({
        "Could not find artifact a:b:jar:1 in mirror (http://127.0.0.1:8081)",
        "Failure to find a:b:jar:1 in mirror (http://127.0.0.1:8081) was cached",
        "'The POM for a:b:jar:1 is missing, no dependency information available in mirror (http://127.0.0.1:8081)'"
    })
    void anArtifactThatAMirrorDoesNotHave(String error) throws Exception {
        assertThat(sentence(error))
                .contains("the repository " + MIRROR + " does not have a:b:jar:1; ")
                .contains("without that mirror");
    }

    @Test
    void aFullDisk() throws Exception {
        assertThat(sentence("Could not transfer artifact a:b:jar:1" + CENTRAL + "No space left on device"))
                .contains("the disk is full; free about");
    }

    @ParameterizedTest
    @CsvSource({
        "Could not create local repository at /m2, /m2",
        "Could not transfer artifact a:b:pom:1 from/to c (https://c): /m2/a/b/1/b-1.pom.part.lock (No such file or directory), /m2/a/b/1",
        "java.nio.file.AccessDeniedException: /m2/a, /m2/a",
        "error: /m2/b.xml (Permission denied), /m2/b.xml",
        "error: /m2/b.xml (Read-only file system), /m2/b.xml"
    })
    void aFileThatCannotBeWritten(String error, String file) throws Exception {
        assertThat(sentence(error)).contains("demo: " + file + " cannot be written; change its permissions, or ");
    }

    @Test
    void anyOtherErrorIsMavensOwnFirst() throws Exception {
        assertThat(sentence("COMPILATION ERROR : \n[ERROR] /src/A.java:[7,3] ';' expected"))
                .startsWith("demo: Maven failed: /src/A.java:[7,3] ';' expected (");
    }

    @Test
    void noMaven() throws Exception {
        machine.without("mvn");

        assertThat(refusal()).startsWith("demo: there is no mvn command; install Maven 3.8.6 or newer.\n");
    }

    @Test
    void anOldMaven() throws Exception {
        machine.mavenVersion("3.6.3");

        assertThat(refusal()).contains("/mvn is Maven 3.6.3; install Maven 3.8.6 or newer.\n");
    }

    @Test
    void noJava() throws Exception {
        machine.without("java");

        assertThat(refusal()).startsWith("demo: there is no java command; install JDK 17 or newer, or set JAVA_HOME");
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_402, 8", "11.0.2, 11"})
    void anOldJava(String version, String major) throws Exception {
        machine.java(version);

        assertThat(refusal()).contains("/java is Java " + major + "; install JDK 17 or newer, or set JAVA_HOME");
    }

    @Test
    void aJavaWithoutCompiler() throws Exception {
        machine.withoutCompiler();

        assertThat(refusal()).contains("which has no compiler; install a JDK instead of a JRE, or set JAVA_HOME");
    }
}
