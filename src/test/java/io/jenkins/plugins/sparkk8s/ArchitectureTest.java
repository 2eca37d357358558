package io.jenkins.plugins.sparkk8s;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Arrays;
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

    @Test
    void eachPackageUsesOnlyThoseBelowIt() {
        check(layers());
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
        check(classes().should().resideInAnyPackage(packagesOfLayers()));
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
    void onlyTheGatewayKnowsHadoop() {
        check(noClasses()
                .that()
                .haveNameNotMatching("\\Q" + ROOT + "\\E\\.staging\\.HadoopGateway(\\$.*)?")
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
    void packagesAreFreeOfCycles() {
        check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyTheCommandPrints() {
        check(noClasses().that().resideOutsideOfPackage(ROOT + ".cli..").should(ACCESS_STANDARD_STREAMS));
    }

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
