package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.jenkins.model.ConfText;
import io.jenkins.plugins.sparkk8s.jenkins.model.FieldChecks;
import io.jenkins.plugins.sparkk8s.jenkins.model.FormAccess;
import io.jenkins.plugins.sparkk8s.jenkins.model.SparkArgument;
import io.jenkins.plugins.sparkk8s.jenkins.model.TextArguments;
import io.jenkins.plugins.sparkk8s.kubernetes.KubernetesNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The form side of {@link SparkK8sSubmitStep}: what its selects offer, what is reported for a field while it is filled
 * in, and how the two text areas become a list and a map. The build step of freestyle jobs shows the same form.
 *
 * <p>Public since Stapler calls the methods by their names.
 */
public abstract class SubmitStepDescriptor extends StepDescriptor implements TextArguments {
    private static final String ARGS_TEXT = "argsText";
    private static final String CONF_TEXT = "confText";
    private static final String CONF = "conf";
    private static final String DRIVER_LOG = "followDriverLog";
    /** As one reads a snippet; all else follows. */
    private static final List<String> FIRST =
            List.of("cluster", "namespace", "name", "application", "mainClass", "args");

    private static final List<String> SPARK_VERSIONS = List.of("4.2", "4.1", "4.0", "3.5");
    private static final List<String> WHEN_RUNNING =
            List.of(SparkK8sSubmitStep.ALLOW, SparkK8sSubmitStep.FORBID, SparkK8sSubmitStep.REPLACE);

    SubmitStepDescriptor() {}

    /**
     * {@inheritDoc}
     *
     * <p>The text areas are read here and never refused: where the step is nested in another object, Jenkins answers a
     * failure of this method by binding without it, which would lose what they hold. The checks of the fields, and the
     * submission, report what is wrong with it.
     */
    @Override
    public Step newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
        Step step = super.newInstance(req, formData);
        if (step instanceof SparkK8sSubmitStep submission) {
            if (formData.has(ARGS_TEXT)) {
                submission.setArgs(ArgumentLines.parse(formData.optString(ARGS_TEXT)));
            }
            if (formData.has(CONF_TEXT)) {
                submission.setConf(formData.optString(CONF_TEXT));
            }
        }
        return step;
    }

    /** How much of the log is shown was a boolean once. The entries may be given as a map; as a text, which is what data binding takes, they can be read from a file. */
    @Override
    public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        Map<String, Object> texts = TextArguments.super.customInstantiate(arguments);
        texts.computeIfPresent(CONF, (name, conf) -> conf instanceof Map<?, ?> map ? text(map) : conf);
        texts.computeIfPresent(DRIVER_LOG, (name, mode) -> mode instanceof Boolean shown ? shown.toString() : mode);
        return texts;
    }

    /**
     * What the snippet generator shows. It takes a map's key with dots in it for a name and leaves its quotes out,
     * which no Pipeline can read; so the entries are shown as text.
     */
    @Override
    public UninstantiatedDescribable customUninstantiate(UninstantiatedDescribable step) {
        Map<String, Object> shown = new LinkedHashMap<>();
        FIRST.stream()
                .filter(step.getArguments()::containsKey)
                .forEach(name -> shown.put(name, step.getArguments().get(name)));
        step.getArguments().forEach(shown::putIfAbsent);
        shown.computeIfPresent(CONF, (name, conf) -> conf instanceof Map<?, ?> map ? text(map) : conf);
        return step.withArguments(shown);
    }

    /** In Groovy a number or a GString is as good as a text. */
    private static String text(Map<?, ?> conf) {
        Map<String, String> texts = new LinkedHashMap<>();
        conf.forEach((key, value) -> texts.put(String.valueOf(key), value == null ? null : value.toString()));
        return ConfText.format(texts);
    }

    @RequirePOST
    public ListBoxModel doFillClusterItems(@AncestorInPath Item item, @QueryParameter String cluster) {
        ListBoxModel choices = FormAccess.mayList(item) ? ClusterChoices.usableBy(item) : new ListBoxModel();
        return FormAccess.keeping(cluster, choices);
    }

    @RequirePOST
    public ListBoxModel doFillSparkVersionItems(@QueryParameter String sparkVersion) {
        ListBoxModel choices = new ListBoxModel();
        choices.add(Messages.SubmitStepDescriptor_ClustersVersion(), "");
        SPARK_VERSIONS.forEach(choices::add);
        return FormAccess.keeping(sparkVersion, choices);
    }

    private static String whenRunning(String choice) {
        return switch (choice) {
            case SparkK8sSubmitStep.ALLOW -> Messages.SubmitStepDescriptor_WhenRunning_allow();
            case SparkK8sSubmitStep.FORBID -> Messages.SubmitStepDescriptor_WhenRunning_forbid();
            case SparkK8sSubmitStep.REPLACE -> Messages.SubmitStepDescriptor_WhenRunning_replace();
            default -> choice;
        };
    }

    @RequirePOST
    public ListBoxModel doFillWhenRunningItems(@QueryParameter String whenRunning) {
        ListBoxModel choices = new ListBoxModel();
        WHEN_RUNNING.forEach(choice -> choices.add(whenRunning(choice), choice));
        return FormAccess.keeping(whenRunning, choices);
    }

    private static String driverLog(DriverLogMode mode) {
        return switch (mode) {
            case ALL -> Messages.SubmitStepDescriptor_DriverLog_all();
            case PROGRESS -> Messages.SubmitStepDescriptor_DriverLog_progress();
            case NONE -> Messages.SubmitStepDescriptor_DriverLog_none();
        };
    }

    @RequirePOST
    public ListBoxModel doFillFollowDriverLogItems(@QueryParameter String followDriverLog) {
        ListBoxModel choices = new ListBoxModel();
        for (DriverLogMode mode : DriverLogMode.values()) {
            choices.add(driverLog(mode), mode.word());
        }
        return FormAccess.keeping(followDriverLog, choices);
    }

    @RequirePOST
    public FormValidation doCheckFollowDriverLog(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(
                item,
                () -> FieldChecks.given(
                        value,
                        text -> DriverLogMode.find(text).isPresent()
                                ? FormValidation.ok()
                                : FormValidation.error(Messages.SubmitStepDescriptor_DriverLog(text))));
    }

    @RequirePOST
    public FormValidation doCheckCluster(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, () -> ClusterChoices.check(item, value));
    }

    @RequirePOST
    public FormValidation doCheckApplication(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String mainClass) {
        return FormAccess.check(
                item,
                () -> Util.fixEmptyAndTrim(value) == null && Util.fixEmptyAndTrim(mainClass) == null
                        ? FormValidation.error(Messages.SubmitStepDescriptor_NothingToRun())
                        : FormValidation.ok());
    }

    /** Spark begins the names of executor pods with it, unless the application names itself. */
    @RequirePOST
    public FormValidation doCheckName(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(
                item,
                () -> FieldChecks.given(
                        value,
                        text -> text.length() > KubernetesNames.LONGEST_APP_NAME
                                ? FormValidation.warning(
                                        Messages.SubmitStepDescriptor_LongName(KubernetesNames.LONGEST_APP_NAME))
                                : FormValidation.ok()));
    }

    @RequirePOST
    public FormValidation doCheckNamespace(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, () -> FieldChecks.dnsLabel(value));
    }

    @RequirePOST
    public FormValidation doCheckServiceAccount(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, () -> FieldChecks.objectName(value));
    }

    @RequirePOST
    public FormValidation doCheckImage(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, () -> FieldChecks.image(value));
    }

    @RequirePOST
    public FormValidation doCheckSparkVersion(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, () -> SparkArgument.SPARK_VERSION.check(value));
    }

    @RequirePOST
    public FormValidation doCheckStartTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, () -> FieldChecks.duration("startTimeout", value));
    }

    @RequirePOST
    public FormValidation doCheckRetainSucceeded(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, () -> SparkArgument.RETAIN_SUCCEEDED.checkTime(value));
    }

    @RequirePOST
    public FormValidation doCheckRetainFailed(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, () -> SparkArgument.RETAIN_FAILED.checkTime(value));
    }

    @RequirePOST
    public FormValidation doCheckTimeout(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, () -> FieldChecks.duration("timeout", value));
    }

    @RequirePOST
    public FormValidation doCheckWhenRunning(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(
                item,
                () -> FieldChecks.given(
                        value,
                        text -> WHEN_RUNNING.contains(text)
                                ? FormValidation.ok()
                                : FormValidation.error(Messages.SubmitStepDescriptor_WhenRunning(text))));
    }

    @RequirePOST
    public FormValidation doCheckConfText(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, () -> ConfCheck.of(Util.fixNull(value)));
    }

    /** A blank at the end of a line is not to be seen, yet the application gets it. */
    @RequirePOST
    public FormValidation doCheckArgsText(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(item, () -> {
            List<String> arguments = ArgumentLines.parse(Util.fixNull(value));
            return IntStream.range(0, arguments.size())
                    .filter(i -> !arguments.get(i).strip().equals(arguments.get(i)))
                    .mapToObj(i -> FormValidation.warning(Messages.SubmitStepDescriptor_BlankInArgument(i + 1)))
                    .findFirst()
                    .orElseGet(FormValidation::ok);
        });
    }
}
