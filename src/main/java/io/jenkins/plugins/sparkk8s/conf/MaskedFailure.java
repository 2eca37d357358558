package io.jenkins.plugins.sparkk8s.conf;

/** Stands for an exception whose message had a secret in it: same place in the code, the message masked. */
final class MaskedFailure extends RuntimeException {
    static final int MOST_CAUSES = 20;

    private static final long serialVersionUID = 1L;

    MaskedFailure(String text, Throwable cause, Throwable original) {
        super(text, cause);
        setStackTrace(original.getStackTrace());
    }

    /** The text begins with the original's class already. */
    @Override
    public String toString() {
        return getMessage();
    }
}
