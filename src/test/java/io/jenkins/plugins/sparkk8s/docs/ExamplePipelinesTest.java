package io.jenkins.plugins.sparkk8s.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every Jenkinsfile of the examples and every script of a page can be read, and says only what the step takes. */
class ExamplePipelinesTest {
    static Stream<Path> jenkinsfiles() {
        return Pages.list(Pages.EXAMPLES).filter(file -> file.toString().endsWith(".Jenkinsfile"));
    }

    static Stream<String> scripts() {
        return Pages.all().flatMap(page -> Pages.blocks(Pages.read(page), "groovy").stream());
    }

    @ParameterizedTest
    @MethodSource("jenkinsfiles")
    void exampleCallsTheStepAsItIs(Path file) {
        StepCalls calls = StepCalls.of(Pages.read(file));

        assertThat(calls.problems()).isEmpty();
        assertThat(calls.names()).contains(StepCalls.STEP);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void scriptOfAPageCallsTheStepAsItIs(String script) {
        assertThat(StepCalls.of(script).problems()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jenkinsfiles")
    void exampleIsListed(Path file) {
        assertThat(Pages.read(Pages.EXAMPLES.resolve("README.md"))).contains("| `" + file.getFileName() + "` |");
    }

    @Test
    void whatIsWrongIsFound() {
        StepCalls calls = StepCalls.of("""
                node {
                    sparkK8sSubmit app: 'a.jar', executor: [core: 2], args: '--all', jars: ['a.jar'],
                            volumes: [nfs(name: 'x', mountPath: '/x', host: 'h')], secretConf: [[key: 'k']],
                            waitForCompletion: 'no'
                }
                """);

        assertThat(calls.problems())
                .contains(
                        "sparkK8sSubmit has no argument app",
                        "executor has no argument core",
                        "args must be a list",
                        "jars cannot be [a.jar]",
                        "nfs has no argument host",
                        "secretConf lacks credentialsId",
                        "waitForCompletion cannot be no");
        assertThatThrownBy(() -> StepCalls.of("node { sparkK8sSubmit application: 'a.jar' args: [] ]"))
                .isInstanceOf(CompilationFailedException.class);
    }
}
