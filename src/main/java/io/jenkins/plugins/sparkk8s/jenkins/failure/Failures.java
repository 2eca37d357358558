package io.jenkins.plugins.sparkk8s.jenkins.failure;

import hudson.AbortException;
import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.jenkins.agent.UploadFailedException;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Cause;
import java.io.IOException;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Makes the one failure that a build sees of whatever went wrong, and classifies it. */
public final class Failures {
    private static final Logger LOGGER = Logger.getLogger(Failures.class.getName());

    private Failures() {}

    /** A failure before the application ran. */
    public static SparkApplicationException of(Throwable cause) {
        return of(cause, SecretMask.none());
    }

    /** As {@link #of(Throwable)}, without what the mask hides; the system log gets none of it either. */
    public static SparkApplicationException of(Throwable cause, SecretMask mask) {
        return unmasked(cause, mask).masked(mask);
    }

    private static SparkApplicationException unmasked(Throwable cause, SecretMask mask) {
        if (cause instanceof SparkApplicationException known) {
            return known;
        }
        LOGGER.log(Level.FINE, "The submission failed.", mask.failure(cause));
        if (cause instanceof ConfigurationException configuration) {
            return new SparkApplicationException(Kind.CONFIGURATION, String.join("\n", configuration.problems()));
        }
        if (cause instanceof ClusterException submission) {
            return new SparkApplicationException(kind(submission), sentence(submission));
        }
        if (cause instanceof UploadFailedException upload && !upload.isRefusal()) {
            return new SparkApplicationException(Kind.INFRASTRUCTURE, cause.getMessage());
        }
        if (cause instanceof AbortException || cause instanceof ActionableException) {
            return new SparkApplicationException(Kind.CONFIGURATION, cause.getMessage());
        }
        if (cause instanceof IOException) {
            return new SparkApplicationException(
                    Kind.INFRASTRUCTURE,
                    "The submission failed: %s. Check the agent and the controller, and try again."
                            .formatted(cause.getMessage()));
        }
        // A fault of ours: the report that the sentence asks for needs to know where.
        LOGGER.log(Level.WARNING, "Unexpected failure of a submission.", mask.failure(cause));
        return new SparkApplicationException(
                Kind.INFRASTRUCTURE,
                "Unexpected failure: %s. Please report it, with the configuration that shows it.".formatted(cause));
    }

    /** How the API server is reached no job can say, though the engine names it by Spark's keys. */
    private static String sentence(ClusterException failure) {
        return failure.isAboutConnection()
                ? failure.getMessage()
                        + " In Jenkins an administrator sets these for the Spark cluster, in Manage Jenkins » System."
                : failure.getMessage();
    }

    private static Kind kind(ClusterException failure) {
        return failure.isTemporary() ? Kind.INFRASTRUCTURE : Kind.CONFIGURATION;
    }

    /** The failure of an application that ended without success. */
    public static SparkApplicationException of(ApplicationResult result) {
        return new SparkApplicationException(kind(result.cause()), result.reason());
    }

    /** The failure of an application that ended without success, by its record. */
    public static SparkApplicationException of(SparkApplicationRun run) {
        return new SparkApplicationException(kind(cause(run.getCause())), run.getReason());
    }

    /** Null is of an application that was aborted or never submitted, or of an older version's record. */
    private static Cause cause(String name) {
        return Arrays.stream(Cause.values())
                .filter(cause -> cause.name().equals(name))
                .findFirst()
                .orElse(Cause.UNKNOWN);
    }

    private static Kind kind(Cause cause) {
        return switch (cause) {
            case APPLICATION -> Kind.APPLICATION;
            case CONFIGURATION -> Kind.CONFIGURATION;
            case INFRASTRUCTURE -> Kind.INFRASTRUCTURE;
            case STOPPED -> Kind.ABORTED;
            case UNKNOWN -> Kind.UNKNOWN;
        };
    }
}
