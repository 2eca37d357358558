package io.jenkins.plugins.sparkk8s.jenkins.step;

import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.ApplicationLifecycle;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.SparkRuntime;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * One run of the step. What it keeps over a restart of the controller is its arguments and the name of the
 * application's record, which the build keeps; everything else is found again.
 */
final class SparkK8sSubmitExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final StoredStep step;

    /** Names the record in the build; generated before anything is done, so that a repeat has the same. */
    private final String application = UUID.randomUUID().toString();

    private transient volatile ApplicationLifecycle lifecycle;

    SparkK8sSubmitExecution(SparkK8sSubmitStep step, StepContext context) {
        super(context);
        this.step = StoredStep.of(step);
    }

    @Override
    public boolean start() {
        lifecycle().start();
        return false;
    }

    @Override
    public void onResume() {
        lifecycle().resume();
    }

    /** Returns at once: Jenkins calls it on threads that all builds' timeouts share. */
    @Override
    public void stop(Throwable cause) {
        lifecycle().abort(cause);
    }

    @Override
    public String getStatus() {
        ApplicationLifecycle running = lifecycle;
        return running == null ? null : running.status();
    }

    /** The same one for as long as this controller lives; an abort may come before anything else. */
    private synchronized ApplicationLifecycle lifecycle() {
        if (lifecycle == null) {
            lifecycle = new ApplicationLifecycle(
                    new StepBuildContext(step.step(), getContext()),
                    application,
                    new ToStep(getContext()),
                    SparkRuntime.get().context());
        }
        return lifecycle;
    }
}
