package io.jenkins.plugins.sparkk8s.jenkins.submission;

import hudson.AbortException;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.jenkins.agent.FileArguments;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a build asks to submit, with the environment variables of the build put in. Texts are trimmed; null stands for what is
 * not given.
 */
public interface SubmissionArguments {
    /** Name of a configured cluster; null for the only one. */
    String cluster();

    /** Main resource; null when the main class is in the image. */
    String application();

    /** Null when the jar's manifest names it. */
    String mainClass();

    /**
     * What the application itself gets.
     *
     * @throws AbortException when one of them is null
     */
    List<String> args() throws AbortException;

    /** Name of the application; null when none is given. */
    String name();

    FileArguments files();

    /**
     * Spark's keys and values.
     *
     * @throws AbortException when an entry has no value, or a volume no name
     */
    Map<String, String> conf() throws AbortException;

    /** Keys whose values are credentials; names and ids as they were given. */
    List<SecretConf> secretConf();

    /** @throws AbortException when it is none of the choices */
    WhenRunning whenRunning() throws AbortException;

    /**
     * How long the application may take in all; empty for no limit.
     *
     * @throws AbortException when it is not a time
     */
    Optional<Duration> timeout() throws AbortException;

    /** {@link #timeout} as it was given; null for no limit. */
    String timeoutText();

    /** Whether the build waits for the end of the application. */
    boolean waitForCompletion();

    /**
     * How much of the driver's log the build log shows.
     *
     * @throws AbortException when it is none of the choices
     */
    DriverLogMode followDriverLog() throws AbortException;

    /** Whether uploads are removed when the application has ended. */
    boolean deleteUploads();
}
