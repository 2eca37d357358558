package io.jenkins.plugins.sparkk8s.jenkins.step;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.jenkins.model.ConfText;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code sparkK8sSubmit}: submits a Spark application to a cluster and waits for its end.
 *
 * <p>Arguments only; {@link SparkK8sSubmitExecution} does the work. What is not set is null and not stored, so that
 * neither a job's configuration nor a generated snippet carries defaults. An environment variable may stand in every
 * text. Where the application runs, and how its pods are made, is in {@link ClusterStep}.
 */
@XStreamAlias("sparkK8sSubmission")
public final class SparkK8sSubmitStep extends ClusterStep {
    public static final String ALLOW = "allow";
    public static final String FORBID = "forbid";
    public static final String REPLACE = "replace";

    /** In Pipelines, and in descriptions of other jobs. */
    public static final String NAME = "sparkK8sSubmit";

    private static final long serialVersionUID = 1L;

    private String name;
    private String application;
    private String mainClass;
    private String jars;
    private String files;
    private String archives;
    private String pyFiles;
    private String propertiesFile;
    private String timeout;
    private List<String> args;
    private List<SecretConf> secretConf;
    private Map<String, String> conf;
    private String whenRunning;
    private String driverLog;

    // Turned round, so that what is not stored means the default.
    private boolean deployOnly;
    /** As an earlier version stored that none is shown. */
    private boolean hideDriverLog;

    private boolean keepUploads;

    @DataBoundConstructor
    public SparkK8sSubmitStep() {}

    @Override
    public StepExecution start(StepContext context) {
        return new SparkK8sSubmitExecution(this, context);
    }

    /** Name of the application; null for the main class or the file name. */
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** Jar, Python or R file: in the workspace, or a URI; null when the main class is in the image. */
    public String getApplication() {
        return application;
    }

    @DataBoundSetter
    public void setApplication(String application) {
        this.application = Util.fixEmptyAndTrim(application);
    }

    /** Main class; null when the jar's manifest names it. */
    public String getMainClass() {
        return mainClass;
    }

    @DataBoundSetter
    public void setMainClass(String mainClass) {
        this.mainClass = Util.fixEmptyAndTrim(mainClass);
    }

    /** Further jars: patterns of workspace files, and URIs. */
    public String getJars() {
        return jars;
    }

    @DataBoundSetter
    public void setJars(String jars) {
        this.jars = Util.fixEmptyAndTrim(jars);
    }

    /** Files for the working directory of driver and executors: patterns of workspace files, and URIs. */
    public String getFiles() {
        return files;
    }

    @DataBoundSetter
    public void setFiles(String files) {
        this.files = Util.fixEmptyAndTrim(files);
    }

    /** Archives that are unpacked there: patterns of workspace files, and URIs; a folder is zipped. */
    public String getArchives() {
        return archives;
    }

    @DataBoundSetter
    public void setArchives(String archives) {
        this.archives = Util.fixEmptyAndTrim(archives);
    }

    /** Python files and zips for the Python path: patterns of workspace files, and URIs; a folder is zipped. */
    public String getPyFiles() {
        return pyFiles;
    }

    @DataBoundSetter
    public void setPyFiles(String pyFiles) {
        this.pyFiles = Util.fixEmptyAndTrim(pyFiles);
    }

    /** Workspace file with configuration entries. */
    public String getPropertiesFile() {
        return propertiesFile;
    }

    @DataBoundSetter
    public void setPropertiesFile(String propertiesFile) {
        this.propertiesFile = Util.fixEmptyAndTrim(propertiesFile);
    }

    /** How long the application may take in all, such as {@code 2h}; null for no limit. */
    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    /** What the application itself gets. Never null. */
    public List<String> getArgs() {
        return args == null ? List.of() : args;
    }

    @DataBoundSetter
    public void setArgs(List<String> args) {
        this.args = args == null || args.isEmpty() ? null : new ArrayList<>(args);
    }

    /** The arguments as the form shows them, one per line. */
    public String getArgsText() {
        return ArgumentLines.format(getArgs());
    }

    /** Configuration keys whose values are credentials. Never null. */
    public List<SecretConf> getSecretConf() {
        return secretConf == null ? List.of() : secretConf;
    }

    @DataBoundSetter
    public void setSecretConf(List<SecretConf> secretConf) {
        List<SecretConf> entries = new ArrayList<>(secretConf == null ? List.of() : secretConf);
        entries.removeIf(SecretConf::isEmpty);
        this.secretConf = entries.isEmpty() ? null : entries;
    }

    /** Configuration entries; they win over the properties file and the cluster's. Never null. */
    public Map<String, String> getConf() {
        return conf == null ? Map.of() : conf;
    }

    /**
     * For data binding, which knows no maps: a Pipeline may give one, see
     * {@link SubmitStepDescriptor#customInstantiate}.
     *
     * @param conf one entry a line, see {@link ConfText}
     */
    @DataBoundSetter
    public void setConf(String conf) {
        Map<String, String> entries = conf == null ? Map.of() : ConfText.parse(conf);
        this.conf = entries.isEmpty() ? null : entries;
    }

    /** The configuration entries as the form shows them, one per line. */
    public String getConfText() {
        return ConfText.format(getConf());
    }

    /** Whether the step waits for the end of the application; true by default. */
    public boolean isWaitForCompletion() {
        return !deployOnly;
    }

    @DataBoundSetter
    public void setWaitForCompletion(boolean waitForCompletion) {
        this.deployOnly = !waitForCompletion;
    }

    /** How much of the driver's log the build log shows, {@link DriverLogMode} by its word; {@code all} by default. */
    public String getFollowDriverLog() {
        DriverLogMode stored = hideDriverLog ? DriverLogMode.NONE : DriverLogMode.ALL;
        return driverLog == null ? stored.word() : driverLog;
    }

    /** @param followDriverLog a word of {@link DriverLogMode}; true and false, as earlier versions took, for all and none */
    @DataBoundSetter
    public void setFollowDriverLog(String followDriverLog) {
        String choice = Util.fixEmptyAndTrim(followDriverLog);
        String word = DriverLogMode.find(choice).map(DriverLogMode::word).orElse(choice);
        this.hideDriverLog = false;
        this.driverLog = DriverLogMode.ALL.word().equals(word) ? null : word;
    }

    /** Whether uploaded files are removed when the application has ended; true by default. */
    public boolean isDeleteUploads() {
        return !keepUploads;
    }

    @DataBoundSetter
    public void setDeleteUploads(boolean deleteUploads) {
        this.keepUploads = !deleteUploads;
    }

    /** {@code allow}, {@code forbid} or {@code replace}; {@code allow} by default. */
    public String getWhenRunning() {
        return whenRunning == null ? ALLOW : whenRunning;
    }

    @DataBoundSetter
    public void setWhenRunning(String whenRunning) {
        String choice = Util.fixEmptyAndTrim(whenRunning);
        this.whenRunning = ALLOW.equals(choice) ? null : choice;
    }

    @Extension
    public static final class DescriptorImpl extends SubmitStepDescriptor {
        @Override
        public String getFunctionName() {
            return NAME;
        }

        @Override
        public String getDisplayName() {
            return Messages.SparkK8sSubmitStep_DisplayName();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> namedArgs) {
            Object shown = namedArgs.getOrDefault("name", namedArgs.get("application"));
            return shown == null ? null : shown.toString();
        }
    }
}
