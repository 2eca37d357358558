package io.jenkins.plugins.sparkk8s.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Reads any arguments, finds the words for those that are wrong, and describes the options; the only user of the library. */
final class LibraryArguments {
    /** spark-submit has none: -- is a value or an argument like any other; this one cannot be in an argument. */
    private static final String NO_DELIMITER = "\0";

    private LibraryArguments() {}

    /** @throws UsageException when an option does not exist or lacks its value */
    static SubmitOptions read(String... arguments) {
        SubmitOptions options = new SubmitOptions();
        try {
            parser(options).parseArgs(arguments);
        } catch (ParameterException e) {
            throw UsageException.withHelp(sentence(e.getMessage()));
        }
        return options;
    }

    static void describe(PrintWriter output) {
        parser(new SubmitOptions()).usage(output);
    }

    /**
     * Behaves as spark-submit's: everything after the main resource is the application's, an option takes the next word whatever
     * it looks like, and the last one wins.
     */
    private static CommandLine parser(SubmitOptions options) {
        return new CommandLine(options)
                .setStopAtPositional(true)
                .setOverwrittenOptionsAllowed(true)
                .setAllowOptionsAsOptionParameters(true)
                .setExpandAtFiles(false)
                .setEndOfOptionsDelimiter(NO_DELIMITER);
    }

    /** The library's own messages end without a full stop. */
    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
