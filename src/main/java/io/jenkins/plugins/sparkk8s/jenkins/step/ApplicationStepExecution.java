package io.jenkins.plugins.sparkk8s.jenkins.step;

import io.jenkins.plugins.sparkk8s.jenkins.failure.Failures;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleContext;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.SparkRuntime;
import io.jenkins.plugins.sparkk8s.jenkins.wait.ApplicationRequest;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** One run of an {@link ApplicationStep}. It keeps its arguments over a restart; the request is made again. */
abstract class ApplicationStepExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private transient volatile ApplicationRequest request;

    ApplicationStepExecution(StepContext context) {
        super(context);
    }

    /** What the step asks of the application; nothing is begun yet. */
    abstract ApplicationRequest request(StepRequestingBuild build, LifecycleContext context)
            throws IOException, InterruptedException;

    @Override
    public boolean start() throws IOException, InterruptedException {
        request().start();
        return false;
    }

    @Override
    public void onResume() {
        try {
            request().resume();
        } catch (IOException e) {
            getContext().onFailure(Failures.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns at once: Jenkins calls it on threads that all builds' timeouts share. */
    @Override
    public void stop(Throwable cause) throws IOException, InterruptedException {
        request().abort(cause);
    }

    @Override
    public String getStatus() {
        ApplicationRequest running = request;
        return running == null ? null : running.status();
    }

    /** The same one for as long as this controller lives; an abort may come before anything else. */
    private synchronized ApplicationRequest request() throws IOException, InterruptedException {
        if (request == null) {
            request = request(
                    new StepRequestingBuild(getContext()), SparkRuntime.get().context());
        }
        return request;
    }
}
