package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Masks the texts in a pod's status that an application, the kubelet or an admission rule has written, before anything
 * compares, keeps or prints them. Immutable.
 *
 * @param mask of the application that the pods belong to
 */
public record PodTexts(SecretMask mask) {

    /** @return the pod itself when it has no secret; else a copy, since other listeners of the watch share the pod */
    public Pod masked(Pod pod) {
        PodStatus status = pod.getStatus();
        if (status == null) {
            return pod;
        }
        return isMasked(status)
                ? pod
                : new PodBuilder(pod).withStatus(masked(status)).build();
    }

    /** Most pods have no text at all, and thousands come in a list: they are looked through before anything is copied. */
    private boolean isMasked(PodStatus status) {
        return isMasked(status.getReason(), status.getMessage())
                && all(status.getConditions(), one -> isMasked(one.getReason(), one.getMessage()))
                && all(status.getContainerStatuses(), one -> isMasked(one.getState()) && isMasked(one.getLastState()))
                && all(
                        status.getInitContainerStatuses(),
                        one -> isMasked(one.getState()) && isMasked(one.getLastState()));
    }

    private boolean isMasked(ContainerState state) {
        return state == null
                || (state.getWaiting() == null
                                || isMasked(
                                        state.getWaiting().getReason(),
                                        state.getWaiting().getMessage()))
                        && (state.getTerminated() == null || isMasked(state.getTerminated()));
    }

    private boolean isMasked(ContainerStateTerminated terminated) {
        return Objects.equals(terminated.getReason(), reason(terminated.getReason()))
                && Objects.equals(terminated.getMessage(), maskedEnd(terminated.getMessage()));
    }

    private boolean isMasked(String reason, String message) {
        return Objects.equals(reason, reason(reason)) && Objects.equals(message, masked(message));
    }

    private static <T> boolean all(List<T> items, Predicate<T> test) {
        return items == null || items.stream().allMatch(test);
    }

    /**
     * A message; nothing of it when the values to be hidden are not known.
     *
     * @return null for null
     */
    public String masked(String text) {
        return text == null ? null : mask.maskUntrusted(text);
    }

    /** The kubelet keeps only the last bytes of a termination message, see its {@code MaxContainerTerminationMessageLength}. */
    private String maskedEnd(String text) {
        return text == null ? null : mask.maskUntrustedEnd(text);
    }

    /** A word of Kubernetes, by which it is decided what happens next. */
    private String reason(String text) {
        return text == null ? null : mask.mask(text);
    }

    private PodStatus masked(PodStatus status) {
        return new PodStatusBuilder(status)
                .withReason(reason(status.getReason()))
                .withMessage(masked(status.getMessage()))
                .withConditions(each(status.getConditions(), this::masked))
                .withContainerStatuses(each(status.getContainerStatuses(), this::masked))
                .withInitContainerStatuses(each(status.getInitContainerStatuses(), this::masked))
                .build();
    }

    private static <T> List<T> each(List<T> items, UnaryOperator<T> masking) {
        return items == null ? null : items.stream().map(masking).toList();
    }

    private PodCondition masked(PodCondition condition) {
        return new PodConditionBuilder(condition)
                .withReason(reason(condition.getReason()))
                .withMessage(masked(condition.getMessage()))
                .build();
    }

    private ContainerStatus masked(ContainerStatus status) {
        return new ContainerStatusBuilder(status)
                .withState(masked(status.getState()))
                .withLastState(masked(status.getLastState()))
                .build();
    }

    private ContainerState masked(ContainerState state) {
        ContainerStateBuilder masked = state == null ? null : new ContainerStateBuilder(state);
        if (masked != null && state.getWaiting() != null) {
            masked.editWaiting()
                    .withReason(reason(state.getWaiting().getReason()))
                    .withMessage(masked(state.getWaiting().getMessage()))
                    .endWaiting();
        }
        if (masked != null && state.getTerminated() != null) {
            masked.editTerminated()
                    .withReason(reason(state.getTerminated().getReason()))
                    .withMessage(maskedEnd(state.getTerminated().getMessage()))
                    .endTerminated();
        }
        return masked == null ? null : masked.build();
    }
}
