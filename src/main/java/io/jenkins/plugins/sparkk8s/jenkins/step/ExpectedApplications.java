package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Project;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.build.UpcomingApplications;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/**
 * Gives a build that is running and has begun no Spark application yet the place where its boxes will appear, when
 * there is a sign that it will begin one: the build before it did, its Pipeline names the step, or its job has the
 * build step.
 *
 * <p>Jenkins asks for each build whose page or actions are looked at. A build that has ended, as most have, costs one
 * comparison; one that is running reads what is in memory and at no more than the build before it.
 */
@Extension
@SuppressWarnings("rawtypes")
public final class ExpectedApplications extends TransientActionFactory<Run> {
    private static final String CPS_EXECUTION = "org.jenkinsci.plugins.workflow.cps.CpsFlowExecution";

    @Override
    public Class<Run> type() {
        return Run.class;
    }

    /** Not asked when any other action is looked for. */
    @Override
    public Class<? extends Action> actionType() {
        return UpcomingApplications.class;
    }

    @Override
    public Collection<? extends Action> createFor(Run run) {
        return run.isBuilding() && !hasApplications(run) && expectsApplications(run)
                ? List.of(new UpcomingApplications(run))
                : List.of();
    }

    private static boolean hasApplications(Run<?, ?> run) {
        return run.getAction(SparkApplicationsAction.class) != null;
    }

    private static boolean expectsApplications(Run<?, ?> run) {
        return hasBuildStep(run) || pipelineNamesTheStep(run) || previousHadApplications(run);
    }

    private static boolean hasBuildStep(Run<?, ?> run) {
        return run.getParent() instanceof Project<?, ?> job
                && job.getBuilders().stream().anyMatch(SparkK8sSubmitBuilder.class::isInstance);
    }

    private static boolean pipelineNamesTheStep(Run<?, ?> run) {
        if (!(run instanceof FlowExecutionOwner.Executable pipeline)) {
            return false;
        }
        FlowExecutionOwner owner = pipeline.asFlowExecutionOwner();
        FlowExecution execution = owner == null ? null : owner.getOrNull();
        // By its name first: the plugin that has the class may not be there.
        return execution != null
                && execution.getClass().getName().equals(CPS_EXECUTION)
                && (Scripts.name(execution, SparkK8sSubmitStep.NAME) || Scripts.name(execution, SparkK8sWaitStep.NAME));
    }

    /** The step may be in a shared library. */
    private static boolean previousHadApplications(Run<?, ?> run) {
        Run<?, ?> previous = run.getPreviousBuild();
        return previous != null && hasApplications(previous);
    }

    /** Loaded only where there are Pipelines in Groovy. */
    private static final class Scripts {
        static boolean name(FlowExecution execution, String step) {
            String script = ((CpsFlowExecution) execution).getScript();
            return script != null && script.contains(step);
        }
    }
}
