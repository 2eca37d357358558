package io.jenkins.plugins.sparkk8s.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.model.DriverResources;
import io.jenkins.plugins.sparkk8s.jenkins.model.DynamicAllocation;
import io.jenkins.plugins.sparkk8s.jenkins.model.EmptyDirVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.ExecutorResources;
import io.jenkins.plugins.sparkk8s.jenkins.model.HostPathVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.NfsVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.PersistentVolumeClaimVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import io.jenkins.plugins.sparkk8s.jenkins.model.SparkVolume;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sKillStep;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitBuilder;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sWaitStep;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/reference.md is made from the help files of the forms; {@code -DupdateDocs} writes it again. */
class ReferencePageTest {
    private static final Path PAGE = Path.of("docs", "reference.md");
    private static final String HEAD = """
        # Reference

        All options of the step, the build step and a cluster. This page is generated from the help files of the forms; to
        change it, change a help file and run `mvn -B -ntp test -Dtest=ReferencePageTest -DupdateDocs`.

        Options are optional unless marked as needed. [jenkins.md](jenkins.md) describes what the step does and returns,
        [configuration.md](configuration.md) lists Spark's keys.
        """;
    private static final List<Class<?>> VOLUMES =
            List.of(EmptyDirVolume.class, HostPathVolume.class, NfsVolume.class, PersistentVolumeClaimVolume.class);
    private static final Map<Type, String> TYPES = Map.of(
            String.class,
            "Text",
            Integer.class,
            "Number",
            boolean.class,
            "`true` or `false`",
            DriverResources.class,
            "[Resources](#resources-of-the-driver)",
            ExecutorResources.class,
            "[Resources](#resources-of-the-executors)",
            DynamicAllocation.class,
            "[Limits](#limits-of-dynamic-allocation)",
            SparkK8sSubmitStep.class,
            "[The step's arguments](#sparkk8ssubmit)");
    private static final Map<Type, String> LISTS = Map.of(
            String.class,
            "List of texts",
            SparkVolume.class,
            "List of [volumes](#kinds-of-volumes)",
            SecretConf.class,
            "List of [secret entries](#secret-entries)",
            SparkCluster.class,
            "List of [clusters](#sparkcluster)");

    private final StringBuilder page = new StringBuilder();
    private boolean afterHeading;

    static Stream<Class<?>> described() {
        return Stream.concat(
                Stream.of(
                        SparkK8sSubmitStep.class,
                        SparkK8sWaitStep.class,
                        SparkK8sKillStep.class,
                        SparkK8sSubmitBuilder.class,
                        DriverResources.class,
                        ExecutorResources.class,
                        DynamicAllocation.class,
                        SecretConf.class,
                        SparkCluster.class,
                        SparkClusters.class),
                VOLUMES.stream());
    }

    @Test
    void pageSaysWhatTheHelpFilesSay() throws IOException {
        String expected = page();
        if (System.getProperty("updateDocs") != null) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("described")
    void everyArgumentIsOnThePage(Class<?> type) {
        FormFiles form = new FormFiles(type);
        List<String> shown = new ArrayList<>(form.fields());
        shown.addAll(form.inherited());

        assertThat(DataBound.arguments(type).keySet()).containsExactlyInAnyOrderElementsOf(shown);
    }

    private String page() {
        page.append(HEAD);
        section("sparkK8sSubmit", SparkK8sSubmitStep.class, "The Pipeline step.");
        section(
                "sparkK8sWait",
                SparkK8sWaitStep.class,
                "The Pipeline step that waits for an application of another step.");
        section("sparkK8sKill", SparkK8sKillStep.class, "The Pipeline step that stops an application of another step.");
        section("Build step", SparkK8sSubmitBuilder.class, "`sparkK8sSubmit` as a build step of freestyle jobs.");
        section("Resources of the driver", DriverResources.class, "");
        section("Resources of the executors", ExecutorResources.class, "");
        section("Limits of dynamic allocation", DynamicAllocation.class, "");
        volumes();
        section("Secret entries", SecretConf.class, "");
        section("sparkOnKubernetes", SparkClusters.class, """
            The clusters in *Manage Jenkins » System » Spark on Kubernetes*, or below `unclassified:` in
            Configuration as Code. [jenkins-clusters.md](jenkins-clusters.md) has an example.\
            """);
        section("sparkCluster", SparkCluster.class, "One cluster of that list.");
        return page.toString();
    }

    private void section(String name, Class<?> type, String introduction) {
        FormFiles form = new FormFiles(type);
        heading("## " + name);
        block(introduction);
        form.help().ifPresent(this::block);
        form.fields().forEach(field -> field("### ", form, field));
    }

    private void volumes() {
        heading("## Kinds of volumes");
        block("All volumes have these arguments; those of each kind follow. In a Pipeline:"
                + " `nfs(name: 'data', mountPath: '/data', server: 'nfs.example.com', path: '/exports/data')`.");
        FormFiles first = new FormFiles(VOLUMES.get(0));
        first.inherited().forEach(field -> field("#### ", first, field));
        for (Class<?> volume : VOLUMES) {
            FormFiles form = new FormFiles(volume);
            heading("### " + DataBound.symbol(volume));
            form.help().ifPresent(this::block);
            form.fields().forEach(field -> field("#### ", form, field));
        }
    }

    private void field(String heading, FormFiles form, String field) {
        heading(heading + field);
        block("%s%s.%s"
                .formatted(
                        takesMap(form.type(), field)
                                ? "Map, or text with one entry a line"
                                : typeName(DataBound.arguments(form.type()).get(field)),
                        isNeeded(form.type(), field) ? ", needed" : "",
                        form.title(field).map(" In the form: *%s*."::formatted).orElse("")));
        block(form.help(field));
    }

    /** Data binding knows no maps, so that the argument is bound as a text. */
    private static boolean takesMap(Class<?> type, String field) {
        return type == SparkK8sSubmitStep.class && field.equals("conf");
    }

    private static boolean isNeeded(Class<?> type, String field) {
        return (type.getPackage() == SparkVolume.class.getPackage()
                        || type == SparkK8sWaitStep.class
                        || type == SparkK8sKillStep.class)
                && DataBound.required(type).containsKey(field);
    }

    private static String typeName(Type type) {
        if (type instanceof ParameterizedType generic) {
            return LISTS.get(generic.getActualTypeArguments()[0]);
        }
        return TYPES.get(type);
    }

    private void block(String markdown) {
        if (!markdown.isEmpty()) {
            page.append(afterHeading ? "" : "\n").append(markdown).append('\n');
            afterHeading = false;
        }
    }

    private void heading(String heading) {
        page.append('\n').append(heading).append('\n');
        afterHeading = true;
    }
}
