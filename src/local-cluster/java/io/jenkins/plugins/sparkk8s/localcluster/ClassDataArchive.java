package io.jenkins.plugins.sparkk8s.localcluster;

import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the class-data archive that the command starts from: runs it once against an API server of its own, as users do
 * (TLS, a kubeconfig), so that all classes of a submission with an upload are in the archive. The build does so after the
 * command has been packaged.
 *
 * <p>The archive only saves time. Where it cannot be made, a sentence says why and the command works without it.
 */
public final class ClassDataArchive {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private ClassDataArchive() {}

    /** @param args the command, the archive to make, a folder for temporary files */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path archive = Path.of(args[1]);
        Path scratch = Files.createDirectories(Path.of(args[2]));
        Path output = scratch.resolve("output");
        Files.deleteIfExists(archive);
        try (KubernetesApiServer server = KubernetesApiServer.builder().port(0).start()) {
            ProcessBuilder builder = new ProcessBuilder(submission(args[0], server, scratch))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("SPARK_K8S_SUBMIT_JAVA_OPTS", "-XX:ArchiveClassesAtExit=" + archive);
            Path kubeconfig = Files.writeString(scratch.resolve("kubeconfig"), server.kubeconfig());
            builder.environment().put("KUBECONFIG", kubeconfig.toString());
            Process command = builder.start();
            if (!command.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                command.destroyForcibly().waitFor();
            }
        }
        if (!Files.isRegularFile(archive)) {
            System.out.printf(
                    "%s could not be made, so the command starts a little slower. %s has what it printed.%n",
                    archive, output);
        }
    }

    /** Its driver never starts, which ends the command after it has watched for a while. */
    private static List<String> submission(String command, KubernetesApiServer server, Path scratch)
            throws IOException {
        Path jar = Files.write(scratch.resolve("application.jar"), new byte[1]);
        return List.of(
                command,
                "--master",
                "k8s://" + server.url(),
                "--class",
                "Main",
                "--conf",
                "spark.kubernetes.container.image=spark",
                "--conf",
                "spark.kubernetes.file.upload.path="
                        + scratch.resolve("uploads").toUri(),
                "--conf",
                "spark.kubernetes.submit.startTimeout=1s",
                jar.toString());
    }
}
