package io.jenkins.plugins.sparkk8s.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import io.jenkins.plugins.sparkk8s.jenkins.model.DriverResources;
import io.jenkins.plugins.sparkk8s.jenkins.model.DynamicAllocation;
import io.jenkins.plugins.sparkk8s.jenkins.model.EmptyDirVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.ExecutorResources;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.StaplerRequest2;

/** What a form or a Pipeline gives becomes the step that is stored, and comes back as it was. */
class SubmitStepArgumentsTest {
    private final SparkK8sSubmitStep.DescriptorImpl descriptor = new SparkK8sSubmitStep.DescriptorImpl();

    /** Binds nothing by itself: what it gives back has only what {@code newInstance} adds. */
    private static StaplerRequest2 request() {
        return (StaplerRequest2) Proxy.newProxyInstance(
                StaplerRequest2.class.getClassLoader(),
                new Class<?>[] {StaplerRequest2.class},
                (proxy, method, arguments) -> new SparkK8sSubmitStep());
    }

    private SparkK8sSubmitStep submitted(Map<String, String> form) throws Descriptor.FormException {
        JSONObject json = new JSONObject();
        json.putAll(form);
        return (SparkK8sSubmitStep) descriptor.newInstance(request(), json);
    }

    @Test
    void textAreasBecomeAListAndAMap() throws Exception {
        SparkK8sSubmitStep step =
                submitted(Map.of("argsText", "--date\r\n2024-01-01", "confText", "spark.a=1\r\nspark.b=x=y"));

        assertThat(step.getArgs()).containsExactly("--date", "2024-01-01");
        assertThat(step.getConf()).isEqualTo(Map.of("spark.a", "1", "spark.b", "x=y"));
    }

    @Test
    void whatTheFormShowsComesBackAsItWas() throws Exception {
        SparkK8sSubmitStep before = new SparkK8sSubmitStep();
        before.setArgs(List.of("", "a\nb", " c ", "\\"));
        before.setConf("spark.a=x=y\\nz\nspark.b=\nspark.c=\\u0020\\\\n\\u0020");
        assertThat(before.getConf()).isEqualTo(Map.of("spark.a", "x=y\nz", "spark.b", "", "spark.c", " \\n "));

        SparkK8sSubmitStep after =
                submitted(Map.of("argsText", before.getArgsText(), "confText", before.getConfText()));

        assertThat(after.getArgs()).isEqualTo(before.getArgs());
        assertThat(after.getConf()).isEqualTo(before.getConf());
    }

    @Test
    void emptyTextAreasStandForNothing() throws Exception {
        SparkK8sSubmitStep step = submitted(Map.of("argsText", "", "confText", "\r\n"));

        assertThat(step).usingRecursiveComparison().isEqualTo(new SparkK8sSubmitStep());
    }

    @Test
    void aRequestWithoutTextAreasIsTakenAsItIs() throws Exception {
        assertThat(submitted(Map.of("application", "x.jar")))
                .usingRecursiveComparison()
                .isEqualTo(new SparkK8sSubmitStep());
    }

    @Test
    void aPipelineMayGiveEntriesAsTextAndNumbersAsTheyAre() {
        assertThat(descriptor.customInstantiate(
                        Map.of("conf", "spark.a=1\nspark.b=2", "args", List.of("--days", 7), "deleteUploads", false)))
                .isEqualTo(
                        Map.of("conf", "spark.a=1\nspark.b=2", "args", List.of("--days", "7"), "deleteUploads", false));
    }

    /** As earlier versions took it, in scripts that are older than the plugin. */
    @Test
    void aPipelineMayGiveHowMuchOfTheLogIsShownAsABoolean() {
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();

        step.setFollowDriverLog((String)
                descriptor.customInstantiate(Map.of("followDriverLog", false)).get("followDriverLog"));
        assertThat(step.getFollowDriverLog()).isEqualTo("none");

        step.setFollowDriverLog((String)
                descriptor.customInstantiate(Map.of("followDriverLog", true)).get("followDriverLog"));
        assertThat(step).usingRecursiveComparison().isEqualTo(new SparkK8sSubmitStep());
    }

    @Test
    void aPipelineMayGiveEntriesAsMap() {
        Map<String, Object> conf = new TreeMap<>(Map.of("spark.a", "x=y\nz", "spark.b", 400));
        conf.put("spark.c", null);

        assertThat(descriptor.customInstantiate(Map.of("conf", conf)))
                .isEqualTo(Map.of("conf", "spark.a=x=y\\nz\nspark.b=400\nspark.c"));
    }

    @Test
    void aSnippetBeginsWithWhatMattersAndHasEntriesAsText() {
        Map<String, Object> arguments =
                new TreeMap<>(Map.of("application", "x.jar", "cluster", "prod", "conf", Map.of("spark.a.b", "x=y")));

        UninstantiatedDescribable snippet = descriptor.customUninstantiate(new UninstantiatedDescribable(arguments));

        assertThat(snippet.getArguments().keySet()).containsExactly("cluster", "application", "conf");
        assertThat(snippet.getArguments().get("conf")).isEqualTo("spark.a.b=x=y");
        assertThat(descriptor.customInstantiate(new TreeMap<>(snippet.getArguments())))
                .isEqualTo(snippet.getArguments());
    }

    @Test
    void partsWithNothingSetAreNotStored() {
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();
        step.setDriver(new DriverResources());
        step.setExecutor(new ExecutorResources());
        step.setSecretConf(List.of(new SecretConf("", " ")));
        step.setWhenRunning("allow");
        step.setWaitForCompletion(true);

        assertThat(step).usingRecursiveComparison().isEqualTo(new SparkK8sSubmitStep());
    }

    @Test
    void dynamicAllocationWithoutLimitsIsStored() {
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();
        step.setDynamicAllocation(new DynamicAllocation());

        assertThat(step.getDynamicAllocation()).isNotNull();
    }

    @Test
    void partsWithSomethingSetAreStored() {
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();
        DriverResources driver = new DriverResources();
        driver.setMemory("2g");
        step.setDriver(driver);
        step.setSecretConf(List.of(new SecretConf("spark.x.password", null)));
        step.setVolumes(List.of(new EmptyDirVolume("scratch", "/scratch")));

        assertThat(step.getDriver()).isSameAs(driver);
        assertThat(step.getSecretConf()).hasSize(1);
        assertThat(step.getVolumes()).hasSize(1);
    }
}
