package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.jenkins.submission.BuildContext;
import io.jenkins.plugins.sparkk8s.jenkins.submission.SubmissionArguments;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The context of a Pipeline step. */
record StepBuildContext(SparkK8sSubmitStep step, StepContext context) implements BuildContext {
    private static final long SAVE_SECONDS = 60;

    @Override
    public SubmissionArguments arguments() throws IOException, InterruptedException {
        return new StepArguments(step, environment());
    }

    @Override
    public Run<?, ?> run() throws IOException, InterruptedException {
        return context.get(Run.class);
    }

    @Override
    public TaskListener listener() throws IOException, InterruptedException {
        return context.get(TaskListener.class);
    }

    @Override
    public EnvVars environment() throws IOException, InterruptedException {
        EnvVars environment = context.get(EnvVars.class);
        return environment == null ? run().getEnvironment(listener()) : environment;
    }

    @Override
    public Set<String> sensitiveVariables() throws IOException, InterruptedException {
        EnvironmentExpander expander = context.get(EnvironmentExpander.class);
        Set<String> names = new TreeSet<>(passwordParameters(run()));
        if (expander != null) {
            names.addAll(expander.getSensitiveVariables());
        }
        return names;
    }

    /** A freestyle build counts them among what it hides, a Pipeline does not. */
    private static List<String> passwordParameters(Run<?, ?> run) {
        return run.getActions(ParametersAction.class).stream()
                .flatMap(action -> action.getParameters().stream())
                .filter(ParameterValue::isSensitive)
                .map(ParameterValue::getName)
                .toList();
    }

    @Override
    public FilePath workspace() throws IOException, InterruptedException {
        return context.get(FilePath.class);
    }

    @Override
    public void saveState() throws IOException, InterruptedException {
        try {
            context.saveState().get(SAVE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("The state of the build could not be saved before the submission.", e);
        }
    }
}
