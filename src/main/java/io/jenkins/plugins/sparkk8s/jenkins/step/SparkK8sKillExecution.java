package io.jenkins.plugins.sparkk8s.jenkins.step;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationKill;
import io.jenkins.plugins.sparkk8s.jenkins.failure.Failures;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.SparkRuntime;
import io.jenkins.plugins.sparkk8s.jenkins.wait.ApplicationKill;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One run of the step. After a restart it begins again, which does no harm. */
final class SparkK8sKillExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final SparkK8sKillStep step;

    private transient volatile ApplicationKill kill;

    SparkK8sKillExecution(SparkK8sKillStep step, StepContext context) {
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
            begun().start();
        } catch (IOException e) {
            getContext().onFailure(Failures.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was begun is done nevertheless. */
    @Override
    public void stop(Throwable cause) throws IOException, InterruptedException {
        begun().abort(cause);
    }

    @Override
    public String getStatus() {
        return "stopping the application";
    }

    private synchronized ApplicationKill begun() throws IOException, InterruptedException {
        if (kill == null) {
            StepRequestingBuild build = new StepRequestingBuild(getContext());
            kill = new ApplicationKill(
                    build,
                    build.expand(step.getApplication()),
                    new Done(getContext()),
                    SparkRuntime.get().context());
        }
        return kill;
    }

    private record Done(StepContext context) implements ApplicationKill.Callback {
        @Override
        public void done(SparkApplicationKill kill) {
            context.onSuccess(kill);
        }

        @Override
        public void failed(Throwable cause) {
            context.onFailure(cause);
        }
    }
}
