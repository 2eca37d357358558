package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Cause;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import io.jenkins.plugins.sparkk8s.monitor.output.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a driver that does not run yet ever will.
 *
 * <p>A reason that rarely ends by itself ({@link PendingReason#isPermanent}) must last for a grace time, because a
 * registry or a Secret may be late; everything else has the start timeout. Immutable: each look gives the next one.
 *
 * @param container which container is Spark's
 * @param timeout how long the driver may take to start; zero means no limit
 * @param grace how long a permanent reason may last
 * @param since when the pod was first looked at
 * @param permanentSince when the present run of permanent reasons began; null when there is none
 * @param specific the last of them that said what is wrong; null when none did
 */
record DriverStart(
        DriverContainer container,
        Duration timeout,
        Duration grace,
        Instant since,
        Instant permanentSince,
        PendingReason specific) {

    static DriverStart begin(DriverContainer container, Duration timeout, Duration grace, Instant now) {
        return new DriverStart(container, timeout, grace, now, null, null);
    }

    DriverStart seen(Pod pod, Instant now) {
        Optional<PendingReason> reason = pendingReason(pod);
        boolean permanent = reason.filter(PendingReason::isPermanent).isPresent();
        if (!permanent) {
            return new DriverStart(container, timeout, grace, since, null, null);
        }
        return new DriverStart(
                container,
                timeout,
                grace,
                since,
                permanentSince == null ? now : permanentSince,
                reason.filter(PendingReason::isSpecific).orElse(specific));
    }

    /** @return why the driver counts as never started; empty while it may still start, or when it has */
    Optional<ApplicationResult> verdict(Pod pod, Instant now) {
        if (container.hasStarted(pod)) {
            return Optional.empty();
        }
        if (permanentSince != null && !now.isBefore(permanentSince.plus(grace))) {
            return knownReason(pod).map(reason -> cannotStart(pod, reason));
        }
        if (!timeout.isZero() && !now.isBefore(since.plus(timeout))) {
            return Optional.of(tooLate(pod));
        }
        return Optional.empty();
    }

    private Optional<PendingReason> pendingReason(Pod pod) {
        return PendingReason.of(pod, container.nameIn(pod));
    }

    /** The present reason, or the one before when it is more specific than that the kubelet retries. */
    private Optional<PendingReason> knownReason(Pod pod) {
        return pendingReason(pod).map(reason -> reason.isSpecific() || specific == null ? reason : specific);
    }

    private ApplicationResult cannotStart(Pod pod, PendingReason reason) {
        return new ApplicationResult(
                Outcome.NEVER_STARTED,
                null,
                "The driver pod %s cannot start: %s. %s"
                        .formatted(
                                pod.getMetadata().getName(),
                                withoutFullStop(reason.toString()),
                                reason.remedy(PodRole.DRIVER)),
                List.of(),
                reason.cause());
    }

    private ApplicationResult tooLate(Pod pod) {
        Optional<PendingReason> reason = knownReason(pod);
        return new ApplicationResult(
                Outcome.NEVER_STARTED,
                null,
                "The driver pod %s did not start within %s: %s. %s Or raise %s."
                        .formatted(
                                pod.getMetadata().getName(),
                                Durations.format(timeout),
                                withoutFullStop(reason.map(PendingReason::toString)
                                        .orElseGet(
                                                () -> "it is " + Pods.phase(pod).orElse("without a phase"))),
                                reason.map(known -> known.remedy(PodRole.DRIVER))
                                        .orElse("See the events of the pod."),
                                KubernetesOptions.SUBMIT_START_TIMEOUT.key()),
                List.of(),
                // Without a reason it takes its ordinary steps, only slowly.
                reason.map(PendingReason::cause).orElse(Cause.INFRASTRUCTURE));
    }

    private static String withoutFullStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }
}
