package io.jenkins.plugins.sparkk8s.parity;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Submits one argument list; gives the message when it refuses. */
@FunctionalInterface
interface Submitter {
    Optional<String> submit(List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException;
}
