package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.step.StepArguments;
import io.jenkins.plugins.sparkk8s.jenkins.submission.BuildContext;
import io.jenkins.plugins.sparkk8s.jenkins.submission.SubmissionArguments;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * What a step gives of the build that it runs in.
 *
 * @param workspace null for none
 * @param logGate before the build log
 */
record TestBuildContext(SparkK8sSubmitStep step, TestRun build, TestHome home, FilePath workspace, LogGate logGate)
        implements BuildContext {

    @Override
    public SubmissionArguments arguments() {
        return new StepArguments(step, environment());
    }

    @Override
    public Run<?, ?> run() throws IOException {
        build.requireRunning();
        return build;
    }

    @Override
    public TaskListener listener() throws IOException {
        build.requireRunning();
        OutputStream file = Files.newOutputStream(home.logFile(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        PrintStream stream = new PrintStream(logGate.before(file), true, StandardCharsets.UTF_8);
        return () -> stream;
    }

    @Override
    public EnvVars environment() {
        EnvVars environment = new EnvVars();
        environment.putAll(build.sensitive);
        return environment;
    }

    @Override
    public Set<String> sensitiveVariables() {
        return build.sensitive.keySet();
    }

    @Override
    public void saveState() {
        // There is no Pipeline to be saved.
    }
}
