package io.jenkins.plugins.sparkk8s.driver;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What Linux refuses when it starts a process. The API server takes such arguments, and the driver pod then stays pending
 * until its time is over.
 */
final class ArgumentChecks {
    /** {@code MAX_ARG_STRLEN}, less the byte that ends a text. */
    private static final int LONGEST = 32 * 4096 - 1;

    private ArgumentChecks() {}

    /** @throws ConfigurationException with one sentence for each argument that no process can be given */
    static void check(List<String> arguments) {
        Problems problems = new Problems();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int length = argument.getBytes(StandardCharsets.UTF_8).length;
            if (argument.indexOf('\0') >= 0) {
                problems.add(
                        "Argument %d of the application contains a NUL character, which cannot be passed to a process. Remove it."
                                .formatted(i + 1));
            } else if (length > LONGEST) {
                problems.add(
                        "Argument %d of the application has %d bytes, but Linux allows at most %d per argument. Write it to a file and pass the file."
                                .formatted(i + 1, length, LONGEST));
            }
        }
        problems.throwIfAny();
    }
}
