package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.Util;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.agent.FileArguments;
import io.jenkins.plugins.sparkk8s.jenkins.model.FieldChecks;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import io.jenkins.plugins.sparkk8s.jenkins.model.SparkArgument;
import io.jenkins.plugins.sparkk8s.jenkins.model.SparkVolume;
import io.jenkins.plugins.sparkk8s.jenkins.submission.SubmissionArguments;
import io.jenkins.plugins.sparkk8s.jenkins.submission.WhenRunning;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of a step with the environment variables of the build put in. */
public record StepArguments(SparkK8sSubmitStep step, EnvVars environment) implements SubmissionArguments {
    private static final Map<String, WhenRunning> WHEN_RUNNING = Map.of(
            SparkK8sSubmitStep.ALLOW, WhenRunning.ALLOW,
            SparkK8sSubmitStep.FORBID, WhenRunning.FORBID,
            SparkK8sSubmitStep.REPLACE, WhenRunning.REPLACE);

    private String text(String raw) {
        return Util.fixEmptyAndTrim(environment.expand(raw));
    }

    @Override
    public String cluster() {
        return text(step.getCluster());
    }

    @Override
    public String application() {
        return text(step.getApplication());
    }

    @Override
    public String mainClass() {
        return text(step.getMainClass());
    }

    /** A script's null, such as a parameter that the build does not have, is not the text "null". */
    @Override
    public List<String> args() throws AbortException {
        int place = 0;
        for (String argument : step.getArgs()) {
            place++;
            if (argument == null) {
                throw new AbortException(
                        "Argument %d of args is null. Give it a value, or leave it out.".formatted(place));
            }
        }
        return step.getArgs().stream().map(environment::expand).toList();
    }

    @Override
    public String name() {
        String name = text(step.getName());
        return name == null ? text(step.getConf().get(SparkArgument.NAME.key())) : name;
    }

    @Override
    public FileArguments files() {
        return new FileArguments(
                text(step.getJars()),
                text(step.getFiles()),
                text(step.getArchives()),
                text(step.getPyFiles()),
                text(step.getPropertiesFile()),
                text(step.getDriverPodTemplate()),
                text(step.getExecutorPodTemplate()));
    }

    @Override
    public WhenRunning whenRunning() throws AbortException {
        WhenRunning choice = WHEN_RUNNING.get(Util.fixNull(text(step.getWhenRunning())));
        if (choice == null) {
            throw new AbortException(
                    "whenRunning is '%s'. It must be allow, forbid or replace.".formatted(step.getWhenRunning()));
        }
        return choice;
    }

    @Override
    public Optional<Duration> timeout() throws AbortException {
        return limit(timeoutText());
    }

    /**
     * @param text of the argument {@code timeout}; null for no limit
     * @throws AbortException when it is not a time with a unit
     */
    static Optional<Duration> limit(String text) throws AbortException {
        requireUnit("timeout", text);
        try {
            return Optional.ofNullable(text).map(StepArguments::duration);
        } catch (ConfigurationException e) {
            throw new AbortException("timeout is '%s'. It must be a time such as 90s, 30m or 2h.".formatted(text));
        }
    }

    @Override
    public String timeoutText() {
        return text(step.getTimeout());
    }

    @Override
    public List<SecretConf> secretConf() {
        return step.getSecretConf();
    }

    @Override
    public boolean waitForCompletion() {
        return step.isWaitForCompletion();
    }

    @Override
    public DriverLogMode followDriverLog() throws AbortException {
        String mode = text(step.getFollowDriverLog());
        return DriverLogMode.find(mode)
                .orElseThrow(() -> new AbortException(
                        "followDriverLog is '%s'. It must be all, progress or none.".formatted(mode)));
    }

    @Override
    public boolean deleteUploads() {
        return step.isDeleteUploads();
    }

    /** In Spark's own syntax of times, as the start timeout. */
    private static Duration duration(String text) {
        return SparkConf.empty()
                .with(KubernetesOptions.SUBMIT_START_TIMEOUT.key(), text)
                .get(KubernetesOptions.SUBMIT_START_TIMEOUT);
    }

    /**
     * What the arguments say in Spark's keys; dedicated arguments win over the conf map, as options do with
     * spark-submit.
     */
    @Override
    public Map<String, String> conf() throws AbortException {
        requireValues();
        Map<String, String> raw = new LinkedHashMap<>(step.getConf());
        SparkArgument.NAMESPACE.addTo(raw, step.getNamespace());
        SparkArgument.NAME.addTo(raw, step.getName());
        SparkArgument.UPLOAD_PATH.addTo(raw, step.getUploadPath());
        SparkArgument.IMAGE.addTo(raw, step.getImage());
        SparkArgument.SERVICE_ACCOUNT.addTo(raw, step.getServiceAccount());
        SparkArgument.SPARK_VERSION.addTo(raw, step.getSparkVersion());
        SparkArgument.START_TIMEOUT.addTo(raw, step.getStartTimeout());
        SparkArgument.RETAIN_SUCCEEDED.addTo(raw, step.getRetainSucceeded());
        SparkArgument.RETAIN_FAILED.addTo(raw, step.getRetainFailed());
        SparkArgument.RESTRICTED.addTo(raw, step.isRestricted() ? true : null);
        if (step.getDriver() != null) {
            step.getDriver().addTo(raw);
        }
        if (step.getExecutor() != null) {
            step.getExecutor().addTo(raw);
        }
        if (step.getDynamicAllocation() != null) {
            step.getDynamicAllocation().addTo(raw);
        }
        for (SparkVolume volume : step.getVolumes()) {
            requireNamed(volume);
            volume.addTo(raw);
        }
        Map<String, String> conf = new LinkedHashMap<>();
        raw.forEach((key, value) -> conf.put(environment.expand(key), environment.expand(value)));
        return conf;
    }

    /** Spark takes a bare number as milliseconds or seconds, which is hardly ever meant by 30. */
    private void requireUnits() throws AbortException {
        Map<String, String> times = new LinkedHashMap<>();
        times.put("startTimeout", text(step.getStartTimeout()));
        times.put("timeout", text(step.getTimeout()));
        times.put("retainSucceeded", text(step.getRetainSucceeded()));
        times.put("retainFailed", text(step.getRetainFailed()));
        for (Map.Entry<String, String> time : times.entrySet()) {
            requireUnit(time.getKey(), time.getValue());
        }
    }

    private static void requireUnit(String argument, String value) throws AbortException {
        if (FieldChecks.isBareTime(value)) {
            throw new AbortException(
                    "%s is '%s', which has no unit. Write %ss for seconds, %sm for minutes or %sh for hours."
                            .formatted(argument, value, value, value, value));
        }
    }

    private void requireValues() throws AbortException {
        requireUnits();
        for (Map.Entry<String, String> entry : step.getConf().entrySet()) {
            if (entry.getValue() == null) {
                throw new AbortException("The value of %s in conf is null. Give it a value, or leave the key out."
                        .formatted(entry.getKey()));
            }
        }
    }

    private static void requireNamed(SparkVolume volume) throws AbortException {
        if (volume.getName() == null || volume.getMountPath() == null) {
            throw new AbortException("A volume has no %s. Each needs a name and a mountPath."
                    .formatted(volume.getName() == null ? "name" : "mountPath"));
        }
    }
}
