package io.jenkins.plugins.sparkk8s.cli;

import io.jenkins.plugins.sparkk8s.conf.ActionableException;

/** The command line itself is wrong, in a way that the parser of options does not know. */
final class UsageException extends ActionableException {
    private static final long serialVersionUID = 1L;

    UsageException(String sentence) {
        super(sentence);
    }
}
