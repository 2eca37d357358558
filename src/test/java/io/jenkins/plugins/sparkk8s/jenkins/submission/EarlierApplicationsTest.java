package io.jenkins.plugins.sparkk8s.jenkins.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which drivers a new application may stop, whatever an agent answers. */
class EarlierApplicationsTest {
    private static KubernetesApiServer server;
    private static KubernetesClient client;

    private final List<String> log = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = KubernetesApiServer.builder().start();
        client = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @AfterEach
    void clear() {
        client.pods().inNamespace("default").withGracePeriod(0).delete();
    }

    private static Pod driver(String name, String job, String application) {
        Map<String, String> labels = new TreeMap<>(Map.of(
                "spark-role", "driver", "spark-app-name", "report", "sparkk8s.jenkins.io/application-id", application));
        if (job != null) {
            labels.put(BuildLabels.JOB, job);
        }
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("spark-kubernetes-driver")
                .withImage("spark")
                .endContainer()
                .endSpec()
                .build();
    }

    private static void create(Pod... pods) {
        for (Pod pod : pods) {
            client.resource(pod).create();
        }
    }

    /** @param answeredJob the job's label in the agent's answer; null for none */
    private static EarlierApplications earlierThanNew(String answeredJob) {
        DriverSpec answer =
                new DriverSpec(driver("new", answeredJob, "new"), SparkConf.empty(), List.of(), List.of(), List.of());
        return new EarlierApplications(client, answer, "mine", "new");
    }

    private static List<String> names() {
        return client.pods().inNamespace("default").list().getItems().stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
    }

    @Test
    void replacesOnlyDriversOfItsOwnJobWhateverTheAgentAnswers() {
        create(driver("mine", "mine", "earlier"), driver("others", "others", "other"), driver("no-job", null, "third"));

        earlierThanNew("others").replace(WhenRunning.REPLACE, log::add);
        earlierThanNew(null).replace(WhenRunning.REPLACE, log::add);

        assertThat(names()).containsExactlyInAnyOrder("others", "no-job");
        assertThat(log).singleElement().asString().contains("stopping the driver mine");
    }

    @Test
    void forbidsBesideDriversOfItsOwnJobWhateverTheAgentAnswers() throws Exception {
        create(driver("others", "others", "other"));
        earlierThanNew("others").refuse(WhenRunning.FORBID);
        create(driver("mine", "mine", "earlier"));

        assertThatThrownBy(() -> earlierThanNew("others").refuse(WhenRunning.FORBID))
                .isInstanceOf(SparkApplicationException.class)
                .hasMessageContaining("still runs as mine in namespace default");
    }

    @Test
    void doesNotStopItself() {
        create(driver("new", "mine", "new"));

        earlierThanNew("mine").replace(WhenRunning.REPLACE, log::add);

        assertThat(names()).containsExactly("new");
    }
}
