package io.jenkins.plugins.sparkk8s.staging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads to a real HDFS with Kerberos, and to one without it in the same process. */
@Timeout(180)
class KerberosUploadIT {

    @TempDir
    Path directory;

    private static ProcessBuilder java(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    @Test
    void logsInWithAKeytabOrATicketAndLeavesOtherFileSystemsAlone() throws Exception {
        Path realm = Files.createDirectories(directory.resolve("realm"));
        Process secured = java(KerberosHdfs.class, List.of("-Xmx512m"), realm.toString())
                .redirectErrorStream(true)
                .redirectOutput(realm.resolve("log").toFile())
                .start();
        try (HdfsCluster plain = HdfsCluster.start(directory.resolve("plain"))) {
            await("an HDFS with Kerberos")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> Files.exists(realm.resolve("uri")) || !secured.isAlive());
            assertThat(realm.resolve("uri"))
                    .withFailMessage(() -> read(realm.resolve("log")))
                    .exists();

            List<String> outcomes = client(realm, plain.makeDirectory("/plain"));

            assertThat(outcomes)
                    .contains(
                            "plain before: ok",
                            "keytab: ok",
                            "owner: ok",
                            "plain after: ok",
                            "ticket: ok",
                            "keytab again: ok")
                    .anySatisfy(line ->
                            assertThat(line).startsWith("no login: WRITE ").contains("accepts Kerberos users only"))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("other principal: WRITE the login with Kerberos for")
                            .doesNotContain("spark-upload", "Exception"));
        } finally {
            secured.getOutputStream().close();
            if (!secured.waitFor(20, TimeUnit.SECONDS)) {
                secured.destroyForcibly();
            }
        }
    }

    private List<String> client(Path realm, String plain) throws IOException, InterruptedException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        Path output = directory.resolve("client");
        ProcessBuilder builder = java(
                KerberosClient.class,
                List.of(
                        "-Xmx256m",
                        "-Djava.security.krb5.conf=" + realm.resolve("kdc.conf"),
                        "-Djava.io.tmpdir=" + temporary),
                Files.readString(realm.resolve("uri")) + "/up",
                plain,
                realm.resolve("user.keytab").toString());
        builder.environment().put("KRB5CCNAME", realm.resolve("ticket").toString());
        Process client = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(client.waitFor(150, TimeUnit.SECONDS)).isTrue();
        assertThat(HdfsCluster.isEmptyDirectory(temporary))
                .as("no keytab is left")
                .isTrue();
        return Files.readAllLines(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
