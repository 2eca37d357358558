package io.jenkins.plugins.sparkk8s.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a container that Kubernetes starts finds of the user's text, in which Kubernetes expands references. */
class ArgumentsAsWrittenTest extends KubeletCase {
    private static final List<String> TEXTS = List.of(
            "cost$$5",
            "$(SPARK_USER)",
            "$$(SPARK_USER)",
            "$$$",
            "$$$$(SPARK_USER)$",
            "a$b",
            "$(",
            "$(NO_SUCH_VARIABLE)",
            "${HOME} $HOME",
            "$",
            "$(SPARK_APPLICATION_ID)$(SPARK_USER)");

    @Test
    void applicationSeesItsArgumentsAsTheyWereWritten() {
        run(
                "arguments",
                Applications.java().arguments(TEXTS.toArray(String[]::new)),
                "for a in \"$@\"; do echo \"$a\"; done");

        assertThat(log("arguments").lines()).endsWith(TEXTS.toArray(String[]::new));
    }

    @Test
    void driverSeesItsVariablesAsTheyWereWritten() {
        Applications application = Applications.java().variable("SPARK_USER", "jane$$doe");
        for (int i = 0; i < TEXTS.size(); i++) {
            application = application.with("spark.kubernetes.driverEnv.TEXT_" + i, TEXTS.get(i));
        }
        run("variables", application, "env");

        assertThat(log("variables").lines()).contains("SPARK_USER=jane$$doe");
        for (int i = 0; i < TEXTS.size(); i++) {
            assertThat(log("variables").lines()).contains("TEXT_" + i + "=" + TEXTS.get(i));
        }
    }

    /** The driver's own container with a shell in place of Spark. */
    private void run(String name, Applications application, String script) {
        Container driver = application.build().pod().getSpec().getContainers().get(0);
        List<EnvVar> plain = driver.getEnv().stream()
                .filter(variable -> variable.getValueFrom() == null)
                .toList();
        Pod pod = new PodBuilder(command(name, script))
                .editSpec()
                .withContainers(new ContainerBuilder()
                        .withName("main")
                        .withImage("busybox")
                        .withCommand("/bin/sh", "-c", script)
                        .withArgs(driver.getArgs())
                        .withEnv(plain)
                        .build())
                .endSpec()
                .build();
        create(pod);
        awaitPhase(name, "Succeeded");
    }
}
