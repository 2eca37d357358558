package io.jenkins.plugins.sparkk8s.jenkins.step;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationKill;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleContext;
import io.jenkins.plugins.sparkk8s.jenkins.wait.ApplicationKill;
import io.jenkins.plugins.sparkk8s.jenkins.wait.ApplicationRequest;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One run of the step. After a restart it begins again, which does no harm. */
final class SparkK8sKillExecution extends ApplicationStepExecution {
    private static final long serialVersionUID = 1L;

    private final SparkK8sKillStep step;

    SparkK8sKillExecution(SparkK8sKillStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    ApplicationRequest request(StepRequestingBuild build, LifecycleContext context)
            throws IOException, InterruptedException {
        return new ApplicationKill(build, build.expand(step.getApplication()), new Done(getContext()), context);
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
