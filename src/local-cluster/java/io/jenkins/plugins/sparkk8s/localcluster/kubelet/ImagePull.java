package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import java.time.Duration;
import java.time.Instant;

/**
 * The vain attempts to pull an image that is nowhere, with the kubelet's back-off: 10 s, doubled up to 5 minutes. See
 * <a href="https://kubernetes.io/docs/concepts/containers/images/#imagepullbackoff">ImagePullBackOff</a>.
 */
final class ImagePull {

    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    /** How long the error itself shows before the back-off does: about one round of a kubelet's sync. */
    private static final Duration ERROR_SHOWN = Duration.ofSeconds(1);

    private final String image;
    private Duration backOff = FIRST_BACK_OFF;
    private Instant nextAttempt = Instant.MIN;
    private Instant next = Instant.MIN;

    ImagePull(String image) {
        this.image = image;
    }

    /** When {@link #attempt} is due again. */
    Instant next() {
        return next;
    }

    /**
     * Tries once more, or reports the back-off.
     *
     * @return whether this was an attempt, which failed; false when it was the back-off between two
     */
    boolean attempt(Instant now) {
        if (now.isBefore(nextAttempt)) {
            next = nextAttempt;
            return false;
        }
        nextAttempt = now.plus(backOff);
        next = now.plus(ERROR_SHOWN);
        backOff = backOff.multipliedBy(2).compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : backOff.multipliedBy(2);
        return true;
    }

    String pullError() {
        return "rpc error: code = NotFound desc = failed to pull and unpack image \"" + image
                + "\": failed to resolve reference \"" + image + "\": " + image + ": not found";
    }

    String backOffMessage() {
        return "Back-off pulling image \"" + image + "\"";
    }
}
