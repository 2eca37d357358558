package io.jenkins.plugins.sparkk8s.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.EnvVars;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestRun;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.Test;

/** What a build hides, as a Pipeline step finds it. */
class StepBuildContextTest {
    private final TestRun run = new TestRun(Path.of("unused"));
    private final Map<Class<?>, Object> given = new HashMap<>();

    StepBuildContextTest() {
        EnvVars environment = new EnvVars();
        environment.put("PASSWORD", "hunter2");
        environment.put("TOKEN", "hunter3");
        environment.put("DAY", "monday");
        given.put(Run.class, run);
        given.put(EnvVars.class, environment);
    }

    private Set<String> hidden() throws Exception {
        return new StepBuildContext(new SparkK8sSubmitStep(), new Context()).sensitiveValues();
    }

    @Test
    void hidesWhatWithCredentialsHides() throws Exception {
        given.put(EnvironmentExpander.class, new Hiding(Set.of("TOKEN")));

        assertThat(hidden()).containsExactly("hunter3");
    }

    /** Pipeline itself does not. */
    @Test
    void hidesPasswordParameters() throws Exception {
        run.addAction(new ParametersAction(List.of(new Parameter("PASSWORD", true), new Parameter("DAY", false))));

        assertThat(hidden()).containsExactly("hunter2");

        given.put(EnvironmentExpander.class, new Hiding(Set.of("TOKEN")));
        assertThat(hidden()).containsExactly("hunter2", "hunter3");
    }

    @Test
    void aBuildThatHidesNothingIsNoProblem() throws Exception {
        assertThat(hidden()).isEmpty();
    }

    private static final class Parameter extends ParameterValue {
        private final boolean sensitive;

        Parameter(String name, boolean sensitive) {
            super(name);
            this.sensitive = sensitive;
        }

        @Override
        public boolean isSensitive() {
            return sensitive;
        }
    }

    private static final class Hiding extends EnvironmentExpander {
        private final Set<String> names;

        Hiding(Set<String> names) {
            this.names = names;
        }

        @Override
        public void expand(EnvVars env) {
            // They are there already.
        }

        @Override
        public Set<String> getSensitiveVariables() {
            return names;
        }
    }

    private final class Context extends StepContext {
        @Override
        public <T> T get(Class<T> key) {
            return key.cast(given.get(key));
        }

        @Override
        public void onSuccess(Object result) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onFailure(Throwable cause) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ListenableFuture<Void> saveState() {
            throw new UnsupportedOperationException();
        }
    }
}
