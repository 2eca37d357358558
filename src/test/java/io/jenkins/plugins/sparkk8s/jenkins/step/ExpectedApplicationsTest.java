package io.jenkins.plugins.sparkk8s.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Build;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Project;
import hudson.model.Run;
import hudson.tasks.Builder;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.build.UpcomingApplications;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;
import org.junit.jupiter.api.Test;

/** Only pages of builds that will begin an application look for one. */
class ExpectedApplicationsTest {
    private final ExpectedApplications expected = new ExpectedApplications();

    abstract static class PipelineJob extends Job<PipelineJob, Pipeline> {}

    /** A build of a Pipeline. */
    private static class Pipeline extends Run<PipelineJob, Pipeline> implements FlowExecutionOwner.Executable {
        private final FlowExecution execution;
        private Pipeline previous;
        private boolean building = true;

        Pipeline(FlowExecution execution) {
            this.execution = execution;
        }

        @Override
        public PipelineJob getParent() {
            return null;
        }

        @Override
        public boolean isBuilding() {
            return building;
        }

        @Override
        public Pipeline getPreviousBuild() {
            return previous;
        }

        @Override
        public FlowExecutionOwner asFlowExecutionOwner() {
            return new FlowExecutionOwner() {
                private static final long serialVersionUID = 1L;

                @Override
                public FlowExecution getOrNull() {
                    return execution;
                }
            };
        }
    }

    private static Pipeline pipeline(String script) {
        return new Pipeline(new CpsFlowExecution(script));
    }

    /** A job with build steps. */
    private static final class FreestyleJob extends Project<FreestyleJob, Freestyle> {
        private final List<Builder> steps;

        FreestyleJob(Builder... steps) {
            this.steps = List.of(steps);
        }

        @Override
        public String getName() {
            return "job";
        }

        @Override
        public ItemGroup<? extends Item> getParent() {
            return null;
        }

        @Override
        public List<Builder> getBuilders() {
            return steps;
        }
    }

    /** A build of a freestyle job. */
    private static final class Freestyle extends Build<FreestyleJob, Freestyle> {
        private final FreestyleJob job;

        Freestyle(Builder... steps) {
            this.job = new FreestyleJob(steps);
        }

        @Override
        public FreestyleJob getParent() {
            return job;
        }
    }

    @Test
    void aPipelineThatNamesTheStepWillBeginOne() {
        assertThat(expected.createFor(pipeline("node { sparkK8sSubmit application: 'a.jar' }")))
                .singleElement()
                .isInstanceOf(UpcomingApplications.class);
    }

    @Test
    void anotherPipelineWillNot() {
        assertThat(expected.createFor(pipeline("node { sh 'make' }"))).isEmpty();
        assertThat(expected.createFor(pipeline(null))).isEmpty();
        assertThat(expected.createFor(new Pipeline(null))).isEmpty();
        assertThat(expected.createFor(new Pipeline(new FlowExecution() {}))).isEmpty();
    }

    @Test
    void aLibraryMayHaveTheStepOfTheBuildBefore() {
        Pipeline build = pipeline("report()");
        build.previous = pipeline("report()");
        assertThat(expected.createFor(build)).isEmpty();

        SparkApplicationsAction.of(build.previous);
        assertThat(expected.createFor(build)).hasSize(1);
    }

    @Test
    void aJobWithTheBuildStepWillBeginOne() {
        assertThat(expected.createFor(new Freestyle(new SparkK8sSubmitBuilder(null))))
                .hasSize(1);
        assertThat(expected.createFor(new Freestyle())).isEmpty();
    }

    @Test
    void nothingIsExpectedOfABuildThatHasBegunOneOrIsOver() {
        Pipeline begun = pipeline("sparkK8sSubmit()");
        SparkApplicationsAction.of(begun);
        Pipeline over = pipeline("sparkK8sSubmit()");
        over.building = false;

        assertThat(expected.createFor(begun)).isEmpty();
        assertThat(expected.createFor(over)).isEmpty();
    }

    @Test
    void isNotAskedWhenAnotherActionIsLookedFor() {
        assertThat(expected.actionType()).isEqualTo(UpcomingApplications.class);
        assertThat(expected.type()).isEqualTo(Run.class);
    }
}
