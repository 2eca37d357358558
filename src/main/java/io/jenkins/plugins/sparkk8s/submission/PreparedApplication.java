package io.jenkins.plugins.sparkk8s.submission;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.Misspellings;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.conf.SparkVersion;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.driver.DriverSpecBuilder;
import io.jenkins.plugins.sparkk8s.staging.ArtifactUploader;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingListener;
import io.jenkins.plugins.sparkk8s.staging.plan.StagingPlan;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An application that has been checked on the machine that has its files, and can be staged from there. The command and an
 * agent's part do the same with it.
 */
public final class PreparedApplication implements Submission.Prepared {
    private final SparkApplication application;
    private final DriverSpecBuilder driver;
    private final StagingPlan plan;

    private PreparedApplication(
            SparkApplication application, ApplicationIdentity identity, SubmitterEnvironment environment) {
        this.application = application;
        this.driver = DriverSpecBuilder.of(application, identity, environment);
        this.plan = StagingPlan.of(application, identity, environment);
    }

    /**
     * Finds every error of the configuration and of the files that it names.
     *
     * @throws ConfigurationException with one sentence for each error, without secrets
     */
    public static PreparedApplication prepare(
            SparkApplication application, ApplicationIdentity identity, SubmitterEnvironment environment) {
        return new PreparedApplication(application, identity, environment);
    }

    public SparkApplication application() {
        return application;
    }

    @Override
    public DriverSpec preview() {
        return driver.preview();
    }

    @Override
    public List<String> warnings() {
        SparkConf conf = application.conf();
        SparkVersion version = SparkVersion.of(conf);
        List<String> all = new ArrayList<>(Misspellings.warnings(conf, Optional.of(version)));
        all.addAll(driver.preview().warnings());
        all.replaceAll(SecretMask.of(conf)::mask);
        return all;
    }

    @Override
    public List<String> uploadDirectories() {
        return plan.directories();
    }

    /**
     * Uploads the application's local files and makes the objects with their new locations. When one of both fails, or
     * the thread is interrupted, the uploaded files are removed again.
     *
     * @param uploaders is asked for one only when there is something to upload
     * @param clock measures the upload
     * @param leftBehind takes a sentence for each cause that uploaded files could not be removed for
     * @throws StagingException when a file cannot be uploaded
     */
    public StagedApplication stage(
            Supplier<ArtifactUploader> uploaders, StagingListener listener, Clock clock, Consumer<String> leftBehind)
            throws InterruptedException {
        if (plan.isEmpty()) {
            return staged(StagedArtifacts.none(), Duration.ZERO);
        }
        ArtifactUploader uploader = uploaders.get();
        Instant start = clock.instant();
        StagedArtifacts artifacts = uploader.upload(plan, listener);
        boolean complete = false;
        try {
            StagedApplication staged = staged(artifacts, Duration.between(start, clock.instant()));
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted when all files were uploaded");
            }
            complete = true;
            return staged;
        } finally {
            if (!complete) {
                uploader.delete(artifacts).forEach(leftBehind);
            }
        }
    }

    private StagedApplication staged(StagedArtifacts artifacts, Duration time) {
        return new StagedApplication(driver.build(artifacts), artifacts, time);
    }
}
