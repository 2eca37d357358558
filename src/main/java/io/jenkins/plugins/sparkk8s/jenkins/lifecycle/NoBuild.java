package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.log.ApplicationLog;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * No build waits. A build that is over takes no further lines, so its driver's log is not read either.
 *
 * @param run the build that the application belongs to
 */
record NoBuild(Run<?, ?> run) implements Attachment, ApplicationLog {
    private static final Logger LOGGER = Logger.getLogger(NoBuild.class.getName());

    @Override
    public boolean waits() {
        return false;
    }

    @Override
    public Map<String, String> conf() {
        return Map.of();
    }

    @Override
    public Set<String> sensitiveValues() {
        return Set.of();
    }

    @Override
    public ApplicationLog log() {
        return this;
    }

    @Override
    public void ended(ApplicationRecord record) {
        LOGGER.log(Level.FINE, "Application {0} of {1} has ended.", new Object[] {record.id(), run});
    }

    @Override
    public void failed(Throwable cause) {
        LOGGER.log(Level.FINE, cause, () -> "An application of " + run + " failed");
    }

    @Override
    public void line(String text) {
        LOGGER.log(Level.FINE, "{0}: {1}", new Object[] {run, text});
    }

    @Override
    public long flush() {
        return 0;
    }

    @Override
    public InputStream from(long offset) {
        return InputStream.nullInputStream();
    }
}
