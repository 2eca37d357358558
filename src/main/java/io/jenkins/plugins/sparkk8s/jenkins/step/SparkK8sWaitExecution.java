package io.jenkins.plugins.sparkk8s.jenkins.step;

import io.jenkins.plugins.sparkk8s.jenkins.failure.Failures;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.SparkRuntime;
import io.jenkins.plugins.sparkk8s.jenkins.wait.ApplicationWait;
import io.jenkins.plugins.sparkk8s.jenkins.wait.WaitArguments;
import java.io.IOException;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One run of the step. It keeps its arguments and the id of the wait over a restart; the build keeps the rest. */
final class SparkK8sWaitExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final SparkK8sWaitStep step;

    /** Names the wait in the build; generated before anything is done, so that a repeat has the same. */
    private final String id = UUID.randomUUID().toString();

    private transient volatile ApplicationWait wait;

    SparkK8sWaitExecution(SparkK8sWaitStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    public boolean start() throws IOException, InterruptedException {
        begun().start();
        return false;
    }

    @Override
    public void onResume() {
        try {
            begun().resume();
        } catch (IOException e) {
            getContext().onFailure(Failures.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns at once: Jenkins calls it on threads that all builds' timeouts share. */
    @Override
    public void stop(Throwable cause) throws IOException, InterruptedException {
        begun().abort(cause);
    }

    @Override
    public String getStatus() {
        ApplicationWait running = wait;
        return running == null ? null : running.status();
    }

    /** The same one for as long as this controller lives; an abort may come before anything else. */
    private synchronized ApplicationWait begun() throws IOException, InterruptedException {
        if (wait == null) {
            StepRequestingBuild build = new StepRequestingBuild(getContext());
            String timeout = build.expand(step.getTimeout());
            WaitArguments arguments = new WaitArguments(
                    build.expand(step.getApplication()),
                    StepArguments.limit(timeout).orElse(null),
                    timeout,
                    step.isAbortKills());
            wait = new ApplicationWait(
                    build,
                    arguments,
                    id,
                    new ToStep(getContext()),
                    SparkRuntime.get().context());
        }
        return wait;
    }
}
