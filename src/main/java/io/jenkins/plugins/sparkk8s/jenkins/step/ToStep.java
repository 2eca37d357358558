package io.jenkins.plugins.sparkk8s.jenkins.step;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.failure.Failures;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.ApplicationCallback;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Reports to the Pipeline how the application ended. */
record ToStep(StepContext context) implements ApplicationCallback {
    @Override
    public void ended(ApplicationRecord application) {
        SparkApplicationRun run = SparkApplicationRun.of(application);
        if (run.getResult() == null || run.isSuccess()) {
            context.onSuccess(run);
        } else {
            context.onFailure(Failures.of(run));
        }
    }

    @Override
    public void failed(Throwable cause) {
        context.onFailure(cause);
    }
}
