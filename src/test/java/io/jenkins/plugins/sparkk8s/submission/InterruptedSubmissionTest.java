package io.jenkins.plugins.sparkk8s.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the next controller does with what one that died has left, without making the objects again. */
class InterruptedSubmissionTest extends SubmissionTestBase {
    private final List<ObjectReference> objects =
            spec.dependants().stream().map(ObjectReference::to).toList();

    private InterruptedSubmission interrupted() {
        return new InterruptedSubmission(client, SubmissionHandle.planned(spec), objects);
    }

    private void dieBefore(int call) {
        try (KubernetesClient mortal = mortal(call)) {
            assertThatThrownBy(() -> DriverSubmitter.submit(
                            mortal, spec, DriverSubmitter.Attempt.REPEATED, SubmissionListener.NONE))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void takesOverADriverThatWasCreatedAndNothingElse(int call) {
        dieBefore(call);
        boolean created = !pods().isEmpty();

        Optional<SubmissionHandle> handle = interrupted().takeOver();

        assertThat(handle.isPresent()).isEqualTo(created);
        if (created) {
            Pod driver = pods().get(0);
            assertThat(handle.orElseThrow().driverPodUid())
                    .isEqualTo(driver.getMetadata().getUid());
            assertThat(dependants()).hasSize(5).allSatisfy(object -> assertOwnedBy(object, driver));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void removesAllThatWasCreated(int call) {
        dieBefore(call);

        interrupted().remove();

        assertNothingIsLeft();
    }

    @Test
    void leavesAPodOfTheSameNameToItsOwner() {
        Pod maskUntrusted = spec.pod();
        maskUntrusted.getMetadata().setLabels(null);
        client.resource(maskUntrusted).create();

        assertThat(interrupted().takeOver()).isEmpty();
        assertThat(interrupted().remove()).isEmpty();
        assertThat(pods()).hasSize(1);
    }

    /** A server that answers no question any more may still delete; and an abort waits for one answer less. */
    @Test
    void asksNothingBeforeItDeletesADriverThatItKnows() throws Exception {
        SubmissionHandle handle = submit();
        server.clearRequests();

        assertThat(new InterruptedSubmission(client, handle, objects).remove())
                .extracting(ObjectReference::kind)
                .first()
                .isEqualTo("Pod");

        assertThat(server.requests().get(0))
                .satisfies(first -> assertThat(first.method() + " " + first.path())
                        .isEqualTo("DELETE /api/v1/namespaces/default/pods/" + spec.podName()));
        assertNothingIsLeft();
    }

    @Test
    void leavesADriverThatWasCreatedAfterItsOwnWasDeleted() throws Exception {
        SubmissionHandle handle = submit();
        client.resource(pods().get(0)).withGracePeriod(0).delete();
        client.resource(spec.pod()).create();

        assertThat(new InterruptedSubmission(client, handle, List.of()).remove())
                .isEmpty();

        assertThat(pods()).hasSize(1);
    }

    @Test
    void aDriverThatIsGoneIsNoFailure() throws Exception {
        SubmissionHandle handle = submit();
        client.resource(pods().get(0)).withGracePeriod(0).delete();

        assertThat(new InterruptedSubmission(client, handle, List.of()).remove())
                .isEmpty();
    }

    @Test
    void saysThatTheDriverMayNotBeDeleted() throws Exception {
        SubmissionHandle handle = submit();
        server.faults().answer(1, RequestMatch.of("delete", "pods"), 403);

        assertThatThrownBy(() -> new InterruptedSubmission(client, handle, objects).remove())
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("delete Pod " + spec.podName());
    }

    @Test
    void saysWhatTheClusterRefused() throws Exception {
        submit();
        server.close();

        assertThatThrownBy(() -> interrupted().takeOver())
                .isInstanceOf(ClusterException.class)
                .hasMessageContaining("Pod");
    }
}
