package io.jenkins.plugins.sparkk8s.jenkins.step;

import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleContext;
import io.jenkins.plugins.sparkk8s.jenkins.wait.ApplicationRequest;
import io.jenkins.plugins.sparkk8s.jenkins.wait.ApplicationWait;
import io.jenkins.plugins.sparkk8s.jenkins.wait.WaitArguments;
import java.io.IOException;
import java.util.UUID;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** One run of the step. It keeps its arguments and the id of the wait over a restart; the build keeps the rest. */
final class SparkK8sWaitExecution extends ApplicationStepExecution {
    private static final long serialVersionUID = 1L;

    private final SparkK8sWaitStep step;

    /** Names the wait in the build; generated before anything is done, so that a repeat has the same. */
    private final String id = UUID.randomUUID().toString();

    SparkK8sWaitExecution(SparkK8sWaitStep step, StepContext context) {
        super(context);
        this.step = step;
    }

    @Override
    ApplicationRequest request(StepRequestingBuild build, LifecycleContext context)
            throws IOException, InterruptedException {
        String timeout = build.expand(step.getTimeout());
        WaitArguments arguments = new WaitArguments(
                build.expand(step.getApplication()),
                StepArguments.limit(timeout).orElse(null),
                timeout,
                step.isAbortKills());
        return new ApplicationWait(build, arguments, id, new ToStep(getContext()), context);
    }
}
