package io.jenkins.plugins.sparkk8s.cli;

import io.jenkins.plugins.sparkk8s.conf.ActionableException;

/** The command line itself is wrong. */
final class UsageException extends ActionableException {
    private static final long serialVersionUID = 1L;

    UsageException(String sentence) {
        super(sentence);
    }

    /** The options are what is wrong. */
    static UsageException withHelp(String sentence) {
        return new UsageException(sentence + " See --help.");
    }
}
