package io.jenkins.plugins.sparkk8s.jenkins.step;

import static io.jenkins.plugins.sparkk8s.jenkins.step.Forms.jobAllowing;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.FormValidation.Kind;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What the form of the step checks and offers, and for whom. */
class SubmitStepDescriptorTest {
    private final SparkK8sSubmitStep.DescriptorImpl descriptor = new SparkK8sSubmitStep.DescriptorImpl();
    private final Item mine = jobAllowing(Item.CONFIGURE, Item.EXTENDED_READ);
    private final Item maskUntrusted = jobAllowing(Item.READ);

    @BeforeEach
    void clusters() {
        SparkClusters clusters = new SparkClusters();
        clusters.setClusters(List.of(new SparkCluster("test", "https://test.example.com")));
        ExtensionList.lookup(SparkClusters.class).add(clusters);
    }

    @AfterEach
    void noJenkins() {
        Jenkins.set(null);
        ExtensionList.lookup(SparkClusters.class).clear();
    }

    @Test
    void offersHowMuchOfTheLogIsShown() {
        assertThat(descriptor.doFillFollowDriverLogItems("all"))
                .extracting(option -> option.value)
                .containsExactly("all", "progress", "none");
        assertThat(descriptor.doCheckFollowDriverLog(mine, "progress").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckFollowDriverLog(mine, "some").kind).isEqualTo(Kind.ERROR);
    }

    @Test
    void anApplicationOrAMainClassIsNeeded() {
        assertThat(descriptor.doCheckApplication(mine, "", "").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckApplication(mine, "x.jar", "").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckApplication(mine, "", "com.acme.Main").kind)
                .isEqualTo(Kind.OK);
    }

    @ParameterizedTest
    @CsvSource({"10m,OK", "2h,OK", "0,OK", "'',OK", "${LIMIT},OK", "30,ERROR", "soon,ERROR", "-5m,ERROR"})
    void durationsHaveAUnit(String value, Kind kind) {
        assertThat(descriptor.doCheckTimeout(mine, value).kind).isEqualTo(kind);
        assertThat(descriptor.doCheckStartTimeout(mine, value).kind).isEqualTo(kind);
        assertThat(descriptor.doCheckRetainSucceeded(mine, value).kind).isEqualTo(kind);
        assertThat(descriptor.doCheckRetainFailed(mine, value).kind).isEqualTo(kind);
    }

    @Test
    void retentionMayHaveNoEnd() {
        assertThat(descriptor.doCheckRetainFailed(mine, "forever").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckRetainFailed(mine, "never").getMessage())
                .contains("The value 'never' of retainFailed is not valid.", "forever");
    }

    @Test
    void aFieldIsSuggestedOnlyForWhatItCanSet() {
        assertThat(descriptor.doCheckConfText(mine, "spark.kubernetes.submit.restricted=true").kind)
                .isEqualTo(Kind.WARNING);
        assertThat(descriptor.doCheckConfText(mine, "spark.kubernetes.submit.restricted=false").kind)
                .isEqualTo(Kind.OK);
    }

    @Test
    void reportsAnInvalidDurationByTheNameOfItsField() {
        assertThat(descriptor.doCheckTimeout(mine, "soon").getMessage())
                .startsWith("The value 'soon' of timeout is not valid.");
    }

    @ParameterizedTest
    @CsvSource({"reports,OK", "$TEAM,OK", "Reports,ERROR", "a.b,ERROR", "a b,ERROR"})
    void namespacesAreNamesOfKubernetes(String value, Kind kind) {
        assertThat(descriptor.doCheckNamespace(mine, value).kind).isEqualTo(kind);
    }

    @Test
    void theOtherFieldsHaveRulesToo() {
        assertThat(descriptor.doCheckServiceAccount(mine, "Spark").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckName(mine, "Daily report <1>").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckName(mine, "x".repeat(220)).kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckName(mine, "x".repeat(221)).kind).isEqualTo(Kind.WARNING);
        assertThat(descriptor.doCheckImage(mine, "spark 4").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckImage(mine, "registry/spark:4").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckSparkVersion(mine, "4.1").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckSparkVersion(mine, "2.4").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckWhenRunning(mine, "kill").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckArgsText(mine, "a \nb").kind).isEqualTo(Kind.WARNING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.sql.shuffle.partitions=400",
                "spark.sql.shuffle.partitions=${N}",
                "spark.kubernetes.container.image.pullSecrets=registry",
                "spark.${KEY}=1",
                "# a comment",
                ""
            })
    void configurationThatIsFine(String text) {
        assertThat(descriptor.doCheckConfText(mine, text).kind).isEqualTo(Kind.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "spark.master=local,ERROR,Choose the cluster",
        "spark.foo,ERROR,has no value",
        "=1,ERROR,Line 1 has no key",
        "fs.defaultFS=hdfs://a,WARNING,spark.hadoop.",
        "spark.hadoop.fs.s3a.secret.key=hunter2,ERROR,secret entry",
        "spark.hadoop.fs.s3a.secret.key=${KEY},WARNING,secret entry",
        "spark.executor.memory=4g,WARNING,executor.memory",
        "spark.kubernetes.submitInDriver=true,WARNING,Leave it out",
        "spark.kubernetes.contaner.image=a,WARNING,spark.kubernetes.container.image",
        "spark.kubernetes.allocation.batch.size=many,ERROR,spark.kubernetes.allocation.batch.size"
    })
    void configurationThatIsNot(String text, Kind kind, String said) {
        FormValidation validation = descriptor.doCheckConfText(mine, text);

        assertThat(validation.getMessage()).contains(said).doesNotContain("hunter2");
        assertThat(validation.kind).isEqualTo(kind);
    }

    @Test
    void reportsAllProblemsTogether() {
        FormValidation validation = descriptor.doCheckConfText(mine, "spark.master=a\nspark.x=1\nspark.x=2");

        assertThat(validation.kind).isEqualTo(Kind.ERROR);
        assertThat(validation.getMessage()).contains("spark.master").contains("spark.x is set twice");
    }

    static Stream<Method> checks() {
        return Stream.of(SparkK8sSubmitStep.DescriptorImpl.class.getMethods())
                .filter(method -> method.getName().startsWith("doCheck"));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void returnsNothingWithoutPermissionToConfigure(Method check) throws Exception {
        Object[] arguments = Stream.of(check.getParameters())
                .map(parameter -> argument(parameter, maskUntrusted))
                .toArray();

        assertThat(((FormValidation) check.invoke(descriptor, arguments)).kind).isEqualTo(Kind.OK);
    }

    @ParameterizedTest
    @MethodSource("checks")
    void returnsNothingToNonAdministratorsOutsideOfAJob(Method check) throws Exception {
        Forms.jenkinsAllowing(Jenkins.READ);
        Object[] arguments = Stream.of(check.getParameters())
                .map(parameter -> argument(parameter, null))
                .toArray();

        assertThat(((FormValidation) check.invoke(descriptor, arguments)).kind).isEqualTo(Kind.OK);
    }

    private static Object argument(Parameter parameter, Item item) {
        if (parameter.isAnnotationPresent(AncestorInPath.class)) {
            return item;
        }
        return parameter.getName().equals("value") ? "not a VALUE of anything =" : "";
    }

    @Test
    void everyMethodOfTheFormWantsPost() {
        assertThat(Stream.of(SparkK8sSubmitStep.DescriptorImpl.class.getMethods())
                        .filter(method -> method.getName().matches("do(Check|Fill)[A-Z].*")))
                .isNotEmpty()
                .allMatch(method -> method.isAnnotationPresent(RequirePOST.class));
    }

    @Test
    void theChosenClusterStaysAChoice() {
        ListBoxModel choices = descriptor.doFillClusterItems(mine, "${TARGET}");

        assertThat(choices).extracting(choice -> choice.value).containsExactly("", "test", "${TARGET}");
        assertThat(choices.get(0).name).isEqualTo("test (the only one that this job may use)");
    }

    @Test
    void theClusterMustBeOneThatTheJobMayUse() {
        assertThat(descriptor.doCheckCluster(mine, "").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckCluster(mine, "test").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckCluster(mine, "${TARGET}").kind).isEqualTo(Kind.OK);
        assertThat(descriptor.doCheckCluster(mine, "prod").kind).isEqualTo(Kind.ERROR);
        assertThat(descriptor.doCheckCluster(maskUntrusted, "prod").kind).isEqualTo(Kind.OK);
    }

    @Test
    void whoMayNotSeeTheJobGetsOnlyTheChosenCluster() {
        assertThat(descriptor.doFillClusterItems(maskUntrusted, "prod"))
                .extracting(choice -> choice.value)
                .containsExactly("prod");
    }

    @Test
    void otherSelectsKeepTheirValueToo() {
        assertThat(descriptor.doFillSparkVersionItems("4.0.1"))
                .extracting(choice -> choice.value)
                .containsExactly("", "4.2", "4.1", "4.0", "3.5", "4.0.1");
        assertThat(descriptor.doFillWhenRunningItems("allow"))
                .extracting(choice -> choice.value)
                .containsExactly("allow", "forbid", "replace");
    }
}
