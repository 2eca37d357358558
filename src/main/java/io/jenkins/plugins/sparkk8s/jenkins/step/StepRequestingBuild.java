package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.EnvVars;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.jenkins.wait.RequestingBuild;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.springframework.security.core.Authentication;

/** The build of a Pipeline step that asks for an application. */
record StepRequestingBuild(StepContext context) implements RequestingBuild {
    @Override
    public Run<?, ?> run() throws IOException, InterruptedException {
        return context.get(Run.class);
    }

    @Override
    public TaskListener listener() throws IOException, InterruptedException {
        return context.get(TaskListener.class);
    }

    /** Pipeline keeps the one that the queue gave to the build. */
    @Override
    public Authentication authentication() throws IOException, InterruptedException {
        return context.get(FlowExecution.class).getAuthentication2();
    }

    /** The text with the variables of the build put in; null for nothing. */
    String expand(String text) throws IOException, InterruptedException {
        EnvVars environment = context.get(EnvVars.class);
        return Util.fixEmptyAndTrim(environment == null ? text : environment.expand(text));
    }
}
