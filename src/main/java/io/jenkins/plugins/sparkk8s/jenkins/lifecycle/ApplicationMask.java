package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.log.ApplicationLabel;
import io.jenkins.plugins.sparkk8s.jenkins.log.ApplicationListener;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.submission.BuildContext;
import io.jenkins.plugins.sparkk8s.jenkins.submission.SubmissionArguments;
import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is between an application and its build: every line for the build log and every failure passes through here. It has
 * no secret after it, and a line has the label of its application when the build has several. The record brings both, once there
 * is one.
 */
final class ApplicationMask implements Supplier<SecretMask> {
    private volatile ApplicationRecord record;

    /** Before the secrets of the application are looked up; the build's own are known from the beginning. */
    private volatile SecretMask ofBuild = SecretMask.none();

    private volatile Supplier<String> label = () -> "";

    /** @param values that the build itself hides, which any argument may have */
    void useBuild(Set<String> values) {
        ofBuild = SecretMask.none().and(values);
    }

    void use(Run<?, ?> run, ApplicationRecord known) {
        if (known.isStaging() && !known.hasMask()) {
            known.hide(ofBuild);
        }
        record = known;
        label = ApplicationLabel.of(run, known);
    }

    private String label() {
        return label.get();
    }

    @Override
    public SecretMask get() {
        ApplicationRecord known = record;
        return known == null ? ofBuild : known.mask();
    }

    BuildContext hideFrom(BuildContext build) {
        return new MaskedBuild(build, this);
    }

    ApplicationCallback hideFrom(ApplicationCallback callback) {
        return new MaskedCallback(callback, this);
    }

    /** The same failure when it has no secret. */
    static Throwable masked(Throwable failure, SecretMask mask) {
        return failure instanceof SparkApplicationException known ? known.masked(mask) : mask.failure(failure);
    }

    private record MaskedBuild(BuildContext build, ApplicationMask mask) implements BuildContext {
        @Override
        public Run<?, ?> run() throws IOException, InterruptedException {
            return build.run();
        }

        @Override
        public TaskListener listener() throws IOException, InterruptedException {
            return new ApplicationListener(build.listener(), mask, mask::label);
        }

        @Override
        public EnvVars environment() throws IOException, InterruptedException {
            return build.environment();
        }

        @Override
        public Set<String> sensitiveVariables() throws IOException, InterruptedException {
            return build.sensitiveVariables();
        }

        @Override
        public SubmissionArguments arguments() throws IOException, InterruptedException {
            return build.arguments();
        }

        @Override
        public FilePath workspace() throws IOException, InterruptedException {
            return build.workspace();
        }

        @Override
        public void saveState() throws IOException, InterruptedException {
            build.saveState();
        }
    }

    private record MaskedCallback(ApplicationCallback callback, Supplier<SecretMask> mask)
            implements ApplicationCallback {
        @Override
        public void ended(ApplicationRecord application) {
            callback.ended(application);
        }

        @Override
        public void failed(Throwable cause) {
            callback.failed(masked(cause, mask.get()));
        }
    }
}
