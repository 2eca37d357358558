package io.jenkins.plugins.sparkk8s.cli;

import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The command's entry: this process' environment and streams in, an exit status out. */
public final class Main {
    /** Libraries log to java.util.logging; it is shown only with a logging configuration file. */
    private static final String LOGGING_CONFIGURATION = "java.util.logging.config.file";

    /** For failures of libraries on threads of their own, which would otherwise print a stack trace. */
    private static final Logger LOGGER = Logger.getLogger(Main.class.getName());

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        if (System.getProperty(LOGGING_CONFIGURATION) == null) {
            LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(new byte[0]));
        }
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> LOGGER.log(Level.FINE, failure, () -> thread.getName() + " ended with a failure"));
        ClientInBackground.loadClasses();
        Console console = new Console(utf8(System.out), utf8(System.err));
        SubmitterEnvironment environment = new SubmitterEnvironment(
                System.getenv(), System.getProperty("user.name"), Path.of("").toAbsolutePath());
        System.exit(new SubmitCommand(environment, console).execute(arguments));
    }

    /** Arrows and names from all over the world must survive a C locale. */
    private static PrintWriter utf8(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
