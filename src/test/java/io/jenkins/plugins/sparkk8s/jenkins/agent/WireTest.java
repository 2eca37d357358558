package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.TaskListener;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What crosses the channel between controller and agent. */
class WireTest {
    /** Among the classes of the Java library that Jenkins lets pass (whitelisted-classes.txt of its core). */
    private static final List<String> LET_PASS = List.of(
            "java.lang.Number",
            "java.lang.Long",
            "java.util.ArrayList",
            "java.util.Collections$UnmodifiableCollection",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableMap",
            "java.util.Collections$UnmodifiableRandomAccessList",
            "java.util.TreeMap",
            "java.util.TreeSet");

    @TempDir
    Path home;

    private final Wire wire = new Wire();
    private Workspace workspace;

    /** Stands for Jenkins' own, which takes its output along. */
    private static final class NoLog implements TaskListener {
        private static final long serialVersionUID = 1L;

        @Override
        public PrintStream getLogger() {
            throw new IllegalStateException("Nothing is printed here");
        }
    }

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = new Workspace(home);
    }

    @Test
    void requestAndAnswerAreMadeOfClassesThatJenkinsLetsPass() throws Exception {
        workspace.file("a.txt", "a");
        SubmissionRequest request = Requests.ofImage()
                .uploadTo(workspace.uploadPath())
                .files("files", "a.txt")
                .secret("spark.hadoop.fs.s3a.secret.key", "swordfish")
                .login(new StorageLogin("hdfs://nn/up", new StorageCredential.Keytab("jenkins@EXAMPLE.COM", "BQI=")))
                .build();

        Preparation received = wire.send(new Preparation(request, false, null, new NoLog()));
        Answer answer = wire.send(received.invoke(new File(workspace.root().toString()), null));
        wire.send(wire.send(new Preparation(
                        Requests.ofImage().files("jars", "gone.jar").build(), false, null, new NoLog()))
                .invoke(new File(workspace.root().toString()), null));
        wire.send(wire.send(new Deletion(
                        new ArrayList<>(List.of("x")),
                        new TreeMap<>(Map.of("a", "b")),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        request.uploads()))
                .invoke(null, null));

        assertThat(received.request()).isEqualTo(request);
        assertThat(answer.prepared().preview().podName()).isNotNull();
        assertThat(wire.foreignClasses()).isSubsetOf(LET_PASS);
    }

    @Test
    void objectsArriveAsTheyWereMade() throws Exception {
        Requests request = Requests.ofImage()
                .files("executorPodTemplate", "executor.yaml")
                .conf("spark.kubernetes.driver.volumes.persistentVolumeClaim.data.options.claimName", "OnDemand")
                .conf("spark.kubernetes.driver.volumes.persistentVolumeClaim.data.options.storageClass", "fast")
                .conf("spark.kubernetes.driver.volumes.persistentVolumeClaim.data.options.sizeLimit", "1Gi")
                .conf("spark.kubernetes.driver.volumes.persistentVolumeClaim.data.mount.path", "/data")
                .secret("spark.app.password", "swordfish");
        workspace.file("executor.yaml", "kind: Pod\nspec: {}\n");

        DriverSpec first = workspace.check(request).preview();
        DriverSpec again = wire.send(workspace.check(request)).preview();

        assertThat(json(again)).isEqualTo(json(first));
        assertThat(again.dependants())
                .extracting(HasMetadata::getKind)
                .contains("ConfigMap", "Secret", "Service", "PersistentVolumeClaim");
        assertThat(again.properties()).isEqualTo(first.properties());
        assertThat(again.properties().secretKeys()).containsExactly("spark.app.password");
    }

    private static List<String> json(DriverSpec spec) {
        List<String> texts = new ArrayList<>(List.of(Serialization.asJson(spec.pod())));
        spec.dependants().forEach(object -> texts.add(Serialization.asJson(object)));
        return texts;
    }

    @Test
    void nothingShowsASecret() throws Exception {
        Requests request = Requests.ofImage().secret("spark.app.password", "swordfish");

        assertThat(request.build().toString()).doesNotContain("swordfish");
        assertThat(workspace.check(request).toString()).doesNotContain("swordfish");
        assertThat(Workspace.refusal(() -> workspace.check(request.conf("spark.driver.memory", "swordfish"))))
                .message()
                .doesNotContain("swordfish");
    }
}
