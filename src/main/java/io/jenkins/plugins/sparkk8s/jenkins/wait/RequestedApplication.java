package io.jenkins.plugins.sparkk8s.jenkins.wait;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;

/**
 * An application that a build asks for.
 *
 * @param run the build that it was submitted by
 * @param record the one that it was submitted with, whose owner decides how it ended
 */
record RequestedApplication(Run<?, ?> run, ApplicationRecord record) {}
