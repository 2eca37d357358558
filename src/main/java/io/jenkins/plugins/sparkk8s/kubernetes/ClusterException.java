package io.jenkins.plugins.sparkk8s.kubernetes;

import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;

/** The cluster refused or failed to do something; the message says what, where, and what to do about it. */
public final class ClusterException extends ActionableException {
    private static final long serialVersionUID = 1L;

    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY_REQUESTS = 429;

    /** What a refusal is about when its status alone does not say it. */
    enum Topic {
        /** The status says it. */
        STATUS,
        /** The user's credentials, although the API server did not answer 401. */
        CREDENTIALS,
        /** A bound that other applications use up at the moment. */
        TEMPORARY
    }

    private final int code;
    private final Topic topic;

    public ClusterException(String message) {
        this(message, 0, null);
    }

    /** @param code HTTP status of the API server; 0 when there was no answer */
    public ClusterException(String message, int code, Throwable cause) {
        this(message, code, Topic.STATUS, cause);
    }

    ClusterException(String message, int code, Topic topic, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.topic = topic;
    }

    /** The same failure with its secrets hidden. */
    public ClusterException masked(SecretMask mask) {
        ClusterException masked = new ClusterException(mask.mask(getMessage()), code, topic, mask.failure(getCause()));
        masked.setStackTrace(getStackTrace());
        return masked;
    }

    /** The same failure with a sentence more, and this one as its cause. */
    public ClusterException and(String sentence) {
        return new ClusterException(getMessage() + " " + sentence, code, topic, this);
    }

    /** Whether it is about how the API server is reached and as whom. */
    public boolean isAboutConnection() {
        return code == 0 && getCause() != null || code == UNAUTHORIZED || topic == Topic.CREDENTIALS;
    }

    /**
     * Whether the same request may succeed later: no answer, an overloaded or failing API server, or a quota that others
     * use up. All else is an answer that a repetition gets again.
     */
    public boolean isTemporary() {
        return code == 0 || code == TOO_MANY_REQUESTS || code >= 500 || topic == Topic.TEMPORARY;
    }

    /** HTTP status of the API server; 0 when it did not answer, or was not asked. */
    public int code() {
        return code;
    }
}
