package io.jenkins.plugins.sparkk8s;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Arrays;

/** What the design says about who may use whom. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    static final String ROOT = "io.jenkins.plugins.sparkk8s";

    /** From the bottom up: each may use those before it. */
    private static final String[] LAYERS = {
        "conf", "application", "staging", "driver", "submission", "monitor", "cli", "jenkins"
    };

    @ArchTest
    static final ArchRule eachPackageUsesOnlyThoseBelowIt = layers();

    @ArchTest
    static final ArchRule theCommandAndThePluginDoNotUseEachOther = noClasses()
            .that()
            .resideInAPackage(ROOT + ".jenkins..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + ".cli..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule everyClassIsInOneOfTheLayers = classes().should().resideInAnyPackage(packagesOfLayers());

    @ArchTest
    static final ArchRule onlyThePluginKnowsJenkins = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".jenkins..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..");

    @ArchTest
    static final ArchRule onlyTheGatewayKnowsHadoop = noClasses()
            .that()
            .haveNameNotMatching("\\Q" + ROOT + "\\E\\.staging\\.HadoopGateway(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hadoop..");

    @ArchTest
    static final ArchRule onlyTheCommandKnowsPicocli = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..");

    @ArchTest
    static final ArchRule configurationAndApplicationKnowNoCluster = noClasses()
            .that()
            .resideInAnyPackage(ROOT + ".conf..", ROOT + ".application..", ROOT + ".staging..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching(ROOT + ".(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheCommandPrints =
            noClasses().that().resideOutsideOfPackage(ROOT + ".cli..").should(ACCESS_STANDARD_STREAMS);

    private static LayeredArchitecture layers() {
        LayeredArchitecture architecture = Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String layer : LAYERS) {
            architecture = architecture.optionalLayer(layer).definedBy(ROOT + "." + layer + "..");
        }
        for (int i = 0; i < LAYERS.length; i++) {
            architecture = i == 0
                    ? architecture.whereLayer(LAYERS[i]).mayNotAccessAnyLayer()
                    : architecture.whereLayer(LAYERS[i]).mayOnlyAccessLayers(Arrays.copyOf(LAYERS, i));
        }
        return architecture;
    }

    private static String[] packagesOfLayers() {
        return Arrays.stream(LAYERS).map(layer -> ROOT + "." + layer + "..").toArray(String[]::new);
    }
}
