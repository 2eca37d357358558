package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.jenkins.failure.Failures;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.ApplicationCallback;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.ApplicationLifecycle;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.SparkRuntime;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of the build step of a freestyle job: submits, and holds the build until the application has ended. */
public final class FreestyleSubmission {
    private static final long ABORT_SECONDS = 90;

    private final SparkK8sSubmitStep arguments;

    public FreestyleSubmission(SparkK8sSubmitStep arguments) {
        this.arguments = arguments;
    }

    /**
     * @throws IOException when the application did not succeed
     * @throws InterruptedException when the build was aborted, and the application with it; or when the controller shuts
     *     down, while the application runs on
     */
    public void run(Run<?, ?> run, FilePath workspace, EnvVars environment, TaskListener listener)
            throws IOException, InterruptedException {
        SparkRuntime runtime = SparkRuntime.get();
        CompletableFuture<Void> end = new CompletableFuture<>();
        ApplicationLifecycle lifecycle = new ApplicationLifecycle(
                new FreestyleBuildContext(arguments, run, workspace, environment, listener),
                UUID.randomUUID().toString(),
                new ToFuture(end),
                runtime.context());
        lifecycle.start();
        try {
            end.get();
        } catch (InterruptedException e) {
            if (runtime.isShuttingDown()) {
                listener.getLogger()
                        .println(
                                "[spark] the controller is shutting down and ends this build; the application keeps running, and the"
                                        + " build page will show its result");
            } else {
                lifecycle.abort(e);
                awaitAbort(end);
            }
            throw e;
        } catch (ExecutionException e) {
            throw Failures.of(e.getCause());
        }
    }

    private static void awaitAbort(CompletableFuture<Void> end) throws InterruptedException {
        try {
            end.exceptionally(stopped -> null).get(ABORT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw (InterruptedException) new InterruptedException("The application may still run.").initCause(e);
        }
    }

    private record ToFuture(CompletableFuture<Void> end) implements ApplicationCallback {
        @Override
        public void ended(ApplicationRecord application) {
            end.complete(null);
        }

        @Override
        public void failed(Throwable cause) {
            end.completeExceptionally(cause);
        }
    }
}
