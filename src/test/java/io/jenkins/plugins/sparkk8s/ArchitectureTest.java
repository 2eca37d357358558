package io.jenkins.plugins.sparkk8s;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the design says about who may use whom. */
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.sparkk8s";

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    private static void check(ArchRule rule) {
        rule.check(CLASSES);
    }

    /** From the bottom up: each may use those before it. */
    private static final String[] LAYERS = {
        "conf", "application", "kubernetes", "staging", "driver", "preflight", "submission", "monitor", "cli", "jenkins"
    };

    /** The same in the staging of files, under its face. */
    private static final String[] ROOMS_OF_STAGING = {"files", "store", "hadoop", "plan", "cleaning", "transfer"};

    /** The same in the driver, under its face. */
    private static final String[] ROOMS_OF_THE_DRIVER = {"model", "step"};

    /** The same in the monitor, under its face. */
    private static final String[] ROOMS_OF_THE_MONITOR = {
        "output", "pods", "log", "driver", "executors", "progress", "eventlog"
    };

    /** The same in the part of Jenkins. */
    private static final String[] ROOMS_OF_JENKINS = {
        "stored",
        "model",
        "cluster",
        "agent",
        "logfiles",
        "record",
        "api",
        "timeline",
        "build",
        "history",
        "queue",
        "log",
        "threads",
        "failure",
        "connection",
        "inventory",
        "watch",
        "submission",
        "lifecycle",
        "wait",
        "overview",
        "runtime",
        "step"
    };

    /** What others use beside its face: values, and the three that all applications of a process share. */
    private static final Set<String> OFFERED_BY_THE_MONITOR = Set.of(
            "eventlog.EventLog",
            "eventlog.EventLogException",
            "eventlog.EventLogFigures",
            "eventlog.EventLogSource",
            "output.ApplicationOutput",
            "output.Durations",
            "output.LogCursor",
            "output.LogFiles",
            "output.TextSanitizer",
            "pods.MonitoredApplication",
            "pods.PodWatchHub",
            "log.LogRequests",
            "driver.ApplicationResult",
            "driver.DriverSpan",
            "driver.ExitCodes",
            "executors.ExecutorCensus",
            "executors.ExecutorHistory",
            "executors.ExecutorSpan",
            "progress.ApplicationProgress",
            "progress.ExecutorTotals",
            "progress.StageData",
            "progress.StageProgress",
            "progress.StageSpan",
            "progress.TaskCounts",
            "progress.UiRequests");

    /** Values, the gateway that opens what they name, and what others implement. */
    private static final Set<String> OFFERED_BY_STAGING = Set.of(
            "files.ByteSizes",
            "files.PackedFolder",
            "store.ReadableFiles",
            "store.StagingException",
            "hadoop.HadoopGateway",
            "hadoop.HadoopSettings",
            "hadoop.StorageAccess",
            "hadoop.StorageCredential",
            "hadoop.StorageLogin",
            "plan.StagedArtifacts",
            "plan.StagingListener",
            "plan.StagingPlan",
            "cleaning.ApplicationStates");

    private static final Set<String> OFFERED_BY_THE_DRIVER = Set.of(
            "model.KubernetesVolumeSpec",
            "model.KubernetesVolumeUtils",
            "model.Quantities",
            "model.SecretKeyRef",
            "step.FeatureSteps");

    @Test
    void eachPackageUsesOnlyThoseBelowIt() {
        check(layers(ROOT + ".", LAYERS));
    }

    @Test
    void eachRoomOfStagingUsesOnlyThoseBeforeItAndNotTheFace() {
        check(layers(ROOT + ".staging.", ROOMS_OF_STAGING));
        check(roomsDoNotUseTheFace(ROOT + ".staging", ROOMS_OF_STAGING));
    }

    @Test
    void eachRoomOfTheDriverUsesOnlyThoseBeforeItAndNotTheFace() {
        check(layers(ROOT + ".driver.", ROOMS_OF_THE_DRIVER));
        check(roomsDoNotUseTheFace(ROOT + ".driver", ROOMS_OF_THE_DRIVER));
    }

    @Test
    void eachRoomOfTheMonitorUsesOnlyThoseBeforeItAndNotTheFace() {
        check(layers(ROOT + ".monitor.", ROOMS_OF_THE_MONITOR));
        check(roomsDoNotUseTheFace(ROOT + ".monitor", ROOMS_OF_THE_MONITOR));
    }

    @Test
    void eachRoomOfJenkinsUsesOnlyThoseBeforeIt() {
        check(layers(ROOT + ".jenkins.", ROOMS_OF_JENKINS));
        check(classes()
                .that()
                .resideInAPackage(ROOT + ".jenkins..")
                .should()
                .resideInAnyPackage(packages(ROOT + ".jenkins.", ROOMS_OF_JENKINS)));
    }

    /** Where Jenkins itself enters. Elsewhere what is shared comes as an argument, so that a test, and a reader, sees it. */
    private static final String ENTRANCES =
            ".*[.](SparkK8sSubmitExecution|ApplicationStepExecution|FreestyleSubmission|ClusterChoices|SparkClusterDescriptor|EndedBuilds|SparkOverviewAction|ChangedClusters|DetachedApplications|SparkRuntime)";

    @Test
    void thePluginFetchesNoSingletons() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".jenkins..")
                .and()
                .haveNameNotMatching(ENTRANCES)
                .should()
                .callMethodWhere(target(name("get"))
                        .and(target(owner(resideInAPackage(ROOT + ".jenkins.."))))
                        .and(describe(
                                "is static",
                                call -> call.getTarget()
                                        .resolveMember()
                                        .map(method -> method.getModifiers().contains(JavaModifier.STATIC))
                                        .orElse(false)))));
    }

    /** Keys are named by the options of {@code conf}, arguments and keys together by {@code SparkArgument}. */
    @Test
    void thePluginNamesNoKeyOfSparkItself() throws IOException {
        for (Path file : sources("src/main/java/io/jenkins/plugins/sparkk8s/jenkins")) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain("\"spark.");
        }
    }

    /** What a phase means is asked of the record; what follows from it is in one table. */
    @Test
    void phasesAreComparedInOnePlace() {
        check(noClasses()
                .that()
                .haveNameNotMatching(".*[.](Phase|ApplicationRecord|PhasedRecord|NextAction)([$].*)?")
                .should()
                .accessFieldWhere(describe(
                        "is a phase",
                        access -> access.getTargetOwner().getName().equals(ROOT + ".jenkins.record.Phase"))));
    }

    /** What is public in a room so that its own package, or a page, finds it, and what is offered to others. */
    @Test
    void othersUseOfTheRoomsOnlyWhatIsOffered() {
        check(onlyOffered("staging", OFFERED_BY_STAGING));
        check(onlyOffered("monitor", OFFERED_BY_THE_MONITOR));
        check(onlyOffered("driver", OFFERED_BY_THE_DRIVER));
    }

    private static ArchRule onlyOffered(String parent, Set<String> offered) {
        return noClasses()
                .that()
                .resideOutsideOfPackage("%s.%s..".formatted(ROOT, parent))
                .should()
                .dependOnClassesThat(resideInAPackage("%s.%s.*..".formatted(ROOT, parent))
                        .and(describe(
                                "are not offered",
                                type -> !offered.contains(type.getName()
                                        .replaceFirst("[$].*", "")
                                        .substring(ROOT.length() + parent.length() + 2)))));
    }

    @Test
    void theCommandAndThePluginDoNotUseEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".jenkins..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".cli..")
                .allowEmptyShould(true));
    }

    @Test
    void everyClassIsInOneOfTheLayers() {
        check(classes().should().resideInAnyPackage(packages(ROOT + ".", LAYERS)));
    }

    @Test
    void onlyThePluginKnowsJenkins() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".jenkins..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "org.apache.tools.."));
    }

    @Test
    void onlyOneRoomKnowsHadoop() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".staging.hadoop..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hadoop.."));
    }

    @Test
    void onlyTheCommandKnowsPicocli() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli.."));
    }

    @Test
    void configurationAndApplicationKnowNoCluster() {
        check(noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".conf..", ROOT + ".application..", ROOT + ".staging..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8.."));
    }

    @Test
    void packagesAreFreeOfCyclesAtEachLevel() {
        check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
        check(slices().matching(ROOT + ".(*).(*)..").should().beFreeOfCycles());
        check(slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    }

    @Test
    void packagesOfTheLocalClusterAreFreeOfCycles() {
        JavaClasses localCluster = new ClassFileImporter()
                .importPackages(ROOT + ".localcluster")
                .that(describe("are not tests", ArchitectureTest::isOfTheLocalCluster));
        assertThat(localCluster).hasSizeGreaterThan(100);
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(localCluster);
    }

    private static boolean isOfTheLocalCluster(JavaClass type) {
        String topLevel = type.getName().replaceFirst("[$].*", "").replace('.', '/');
        return Files.exists(Path.of("src/local-cluster/java").resolve(topLevel + ".java"));
    }

    private static List<Path> sources(String... roots) throws IOException {
        List<Path> all = new ArrayList<>();
        for (String root : roots) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
            }
        }
        assertThat(all).isNotEmpty();
        return all;
    }

    @Test
    void onlyTheCommandPrints() {
        check(noClasses().that().resideOutsideOfPackage(ROOT + ".cli..").should(ACCESS_STANDARD_STREAMS));
    }

    private static ArchRule roomsDoNotUseTheFace(String face, String[] rooms) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages(face + ".", rooms))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(face);
    }

    private static LayeredArchitecture layers(String parent, String[] names) {
        LayeredArchitecture architecture = Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String layer : names) {
            architecture = architecture.optionalLayer(layer).definedBy(parent + layer + "..");
        }
        for (int i = 0; i < names.length; i++) {
            architecture = i == 0
                    ? architecture.whereLayer(names[i]).mayNotAccessAnyLayer()
                    : architecture.whereLayer(names[i]).mayOnlyAccessLayers(Arrays.copyOf(names, i));
        }
        return architecture;
    }

    private static String[] packages(String parent, String[] names) {
        return Arrays.stream(names).map(name -> parent + name + "..").toArray(String[]::new);
    }
}
