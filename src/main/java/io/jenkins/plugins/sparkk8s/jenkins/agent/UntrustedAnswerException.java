package io.jenkins.plugins.sparkk8s.jenkins.agent;

/** An agent answered with something that was not asked for. */
final class UntrustedAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param what it answered, as the end of a sentence */
    UntrustedAnswerException(String what) {
        super(what);
    }
}
