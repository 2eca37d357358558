package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodTextsTest {

    @Test
    void masksATerminationMessageThatBeginsInsideASecret() {
        PodTexts texts = new PodTexts(SecretMask.none().and(List.of("correct-horse+battery")));

        assertThat(message(texts.masked(failed("horse+battery was refused"))))
                .isEqualTo("*********(redacted) was refused");
    }

    @Test
    void leavesAPodWithoutSecretAsItIs() {
        PodTexts texts = new PodTexts(SecretMask.none().and(List.of("correct-horse+battery")));
        Pod pod = failed("out of memory");

        assertThat(texts.masked(pod)).isSameAs(pod);
    }

    private static Pod failed(String message) {
        return new PodBuilder()
                .withNewStatus()
                .addNewContainerStatus()
                .withName("driver")
                .withNewState()
                .withNewTerminated()
                .withExitCode(1)
                .withMessage(message)
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    private static String message(Pod pod) {
        return pod.getStatus()
                .getContainerStatuses()
                .get(0)
                .getState()
                .getTerminated()
                .getMessage();
    }
}
