package io.jenkins.plugins.sparkk8s.cli;

/** Exit statuses of the command, besides the driver's own exit code. */
final class ExitStatus {
    /** The application succeeded, or was deployed without waiting for it. */
    static final int SUCCESS = 0;
    /** Anything that is not covered by another status. */
    static final int FAILURE = 1;
    /** The command line itself is wrong: {@code EX_USAGE} of sysexits.h. */
    static final int USAGE = 64;

    private ExitStatus() {}
}
