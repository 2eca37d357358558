package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.model.FormAccess;
import io.jenkins.plugins.sparkk8s.jenkins.model.TextArguments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The form side of the steps for an application that another step has submitted.
 *
 * <p>Public since Stapler calls the methods by their names.
 */
public abstract class ApplicationStepDescriptor extends StepDescriptor implements TextArguments {
    private static final String APPLICATION = "application";

    ApplicationStepDescriptor() {}

    /** A script may give what {@code sparkK8sSubmit} returned; data binding takes its id. */
    @Override
    public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
        Map<String, Object> texts = new LinkedHashMap<>(TextArguments.super.customInstantiate(arguments));
        texts.computeIfPresent(APPLICATION, (name, given) -> id(given));
        return texts;
    }

    private static Object id(Object given) {
        return given instanceof SparkApplicationRun run ? run.getApplicationId() : given;
    }

    @Override
    public Set<? extends Class<?>> getRequiredContext() {
        return Set.of(Run.class, TaskListener.class, FlowExecution.class);
    }

    @Override
    public String argumentsToString(Map<String, Object> namedArgs) {
        Object shown = id(namedArgs.get(APPLICATION));
        return shown == null ? null : shown.toString();
    }

    @RequirePOST
    public FormValidation doCheckApplication(@AncestorInPath Item item, @QueryParameter String value) {
        return FormAccess.check(
                item,
                () -> Util.fixEmptyAndTrim(value) == null
                        ? FormValidation.error(Messages.ApplicationStepDescriptor_NoApplication())
                        : FormValidation.ok());
    }
}
