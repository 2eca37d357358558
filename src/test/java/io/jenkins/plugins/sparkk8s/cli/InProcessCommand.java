package io.jenkins.plugins.sparkk8s.cli;

import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The command as a whole, in this process: for tests that run it hundreds of times. */
public final class InProcessCommand {
    private InProcessCommand() {}

    /**
     * Runs the command to its end.
     *
     * @param variables all environment variables that it sees
     * @return what it printed, if it ended with another status than success
     */
    public static Optional<String> run(List<String> arguments, Map<String, String> variables, Path workingDirectory) {
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed, true);
        SubmitterEnvironment environment =
                new SubmitterEnvironment(variables, System.getProperty("user.name"), workingDirectory);
        int status = new SubmitCommand(environment, new Console(out, out)).execute(arguments.toArray(new String[0]));
        return status == ExitStatus.SUCCESS ? Optional.empty() : Optional.of(printed.toString());
    }
}
