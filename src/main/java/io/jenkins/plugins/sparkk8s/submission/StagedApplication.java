package io.jenkins.plugins.sparkk8s.submission;

import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import java.time.Duration;

/**
 * An application whose files are where its driver finds them.
 *
 * @param spec the objects to create
 * @param artifacts what was uploaded; empty when nothing had to be
 * @param time how long uploading took
 */
public record StagedApplication(DriverSpec spec, StagedArtifacts artifacts, Duration time) {}
