package io.jenkins.plugins.sparkk8s.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.thoughtworks.xstream.XStream;
import com.thoughtworks.xstream.annotations.XStreamAlias;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import hudson.model.Items;
import hudson.model.Run;
import hudson.tasks.Builder;
import hudson.util.XStream2;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.model.PersistentVolumeClaimVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import io.jenkins.plugins.sparkk8s.jenkins.model.SparkVolume;
import io.jenkins.plugins.sparkk8s.jenkins.record.Records;
import io.jenkins.plugins.sparkk8s.jenkins.stored.StoredXml;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Outcome;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import jenkins.model.RunAction2;
import org.junit.jupiter.api.Test;

/** What is in a file of Jenkins has a name that stays when its class moves. */
class StoredNamesTest {
    private static final String JENKINS = "io.jenkins.plugins.sparkk8s.jenkins";

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(JENKINS);

    /** Rooms whose serializable classes are in files of their own. */
    private static final Set<String> STORING =
            Set.of(JENKINS + ".record", JENKINS + ".history", JENKINS + ".inventory");

    /** Of what the first snapshots have written; an entry stays as it is when its class moves. */
    private static final Map<String, String> FIRST_NAMES = Map.ofEntries(
            Map.entry("build.SparkApplicationsAction", "sparkApplications"),
            Map.entry("record.ApplicationRecord", "sparkApplication"),
            Map.entry("history.RecordedHistory", "sparkHistory"),
            Map.entry("history.HistoryEntry", "sparkHistoryEntry"),
            Map.entry("inventory.EndedApplication", "sparkEndedApplication"),
            Map.entry("inventory.OpenApplication", "sparkOpenApplication"),
            Map.entry("inventory.RetainedDriver", "sparkRetainedDriver"),
            Map.entry("cluster.SparkClusters", "sparkClusters"),
            Map.entry("cluster.SparkCluster", "sparkCluster"),
            Map.entry("step.SparkK8sSubmitBuilder", "sparkK8sSubmit"),
            Map.entry("model.SecretConf", "sparkSecretConf"),
            Map.entry("model.EmptyDirVolume", "sparkEmptyDirVolume"),
            Map.entry("model.HostPathVolume", "sparkHostPathVolume"),
            Map.entry("model.NfsVolume", "sparkNfsVolume"),
            Map.entry("model.PersistentVolumeClaimVolume", "sparkPersistentVolumeClaimVolume"));

    private static List<JavaClass> stored() {
        Set<JavaClass> all = new HashSet<>();
        Deque<JavaClass> next = new ArrayDeque<>(
                CLASSES.stream().filter(StoredNamesTest::isRoot).toList());
        while (!next.isEmpty()) {
            JavaClass type = next.remove();
            if (type.getPackageName().startsWith(JENKINS) && all.add(type)) {
                next.addAll(type.getAllSubclasses());
                fields(type)
                        .flatMap(field -> field.getType().getAllInvolvedRawTypes().stream())
                        .map(JavaClass::getBaseComponentType)
                        .forEach(next::add);
            }
        }
        return all.stream()
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT) && !type.isInterface())
                .toList();
    }

    private static boolean isRoot(JavaClass type) {
        return type.isAssignableTo(RunAction2.class)
                || type.isAssignableTo(Builder.class)
                || type.isAssignableTo(GlobalConfiguration.class)
                || type.isAssignableTo(SparkVolume.class)
                || type.isAssignableTo(Serializable.class) && !type.isEnum() && STORING.contains(type.getPackageName());
    }

    private static Stream<JavaField> fields(JavaClass type) {
        return type.getAllFields().stream()
                .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC)
                        && !field.getModifiers().contains(JavaModifier.TRANSIENT));
    }

    private static String alias(JavaClass type) {
        return type.reflect().getAnnotation(XStreamAlias.class).value();
    }

    private static XStream2 known() {
        StoredNames.register();
        XStream2 all = new XStream2();
        stored().forEach(type -> StoredXml.addNames(all, type.reflect()));
        return all;
    }

    @Test
    void everyStoredClassHasANameOfItsOwn() {
        assertThat(stored())
                .hasSizeGreaterThan(FIRST_NAMES.size())
                .allSatisfy(type -> assertThat(type.isAnnotatedWith(XStreamAlias.class))
                        .as(type.getName())
                        .isTrue());
        assertThat(stored().stream().map(StoredNamesTest::alias))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("spark[A-Za-z0-9]+"));
    }

    @Test
    void namesStayAsTheyWere() {
        XStream2 xstream = known();

        FIRST_NAMES.forEach((first, alias) -> {
            Class<?> type = xstream.getMapper().realClass(alias);
            assertThat(xstream.getMapper().realClass(JENKINS + "." + first)).isEqualTo(type);
            assertThat(xstream.getMapper().serializedClass(type)).isEqualTo(alias);
        });
    }

    private static XStream inJobs() {
        StoredNames.register();
        return Items.XSTREAM2;
    }

    @Test
    void theConfigurationOfAJobNamesNoPackage() {
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();
        step.setSecretConf(List.of(new SecretConf("spark.hadoop.fs.s3a.secret.key", "s3")));
        step.setVolumes(List.of(new PersistentVolumeClaimVolume("checkpoints", "/checkpoints", "claim")));

        String xml = inJobs().toXML(new SparkK8sSubmitBuilder(step));

        assertThat(xml)
                .startsWith("<sparkK8sSubmit>")
                .contains("<sparkSecretConf>", "<sparkPersistentVolumeClaimVolume>")
                .doesNotContain("io.jenkins");
        SparkK8sSubmitStep read = ((SparkK8sSubmitBuilder) inJobs().fromXML(xml)).getSubmission();
        assertThat(read.getVolumes()).singleElement().isInstanceOf(PersistentVolumeClaimVolume.class);
        assertThat(read.getSecretConf()).singleElement().returns("s3", SecretConf::getCredentialsId);
    }

    @Test
    void aBuildNamesNoPackage() {
        StoredNames.register();
        String empty = "<sparkApplications><records><records/><begun>0</begun></records></sparkApplications>";

        SparkApplicationsAction read = (SparkApplicationsAction) Run.XSTREAM2.fromXML(empty);

        assertThat(Run.XSTREAM2.toXML(read)).startsWith("<sparkApplications>").doesNotContain("io.jenkins");
        assertThat(Run.XSTREAM2.toXML(
                        new ArrayList<>(List.of(Records.ended(Outcome.FAILED, 3, "It failed.", "broken")))))
                .contains("<sparkApplication>", "<identity>", "<outcome>")
                .doesNotContain("io.jenkins");
    }

    /** The first packages of the classes, and another file name, would be looked for in vain. */
    @Test
    void theClustersKeepTheirFile() {
        assertThat(CLASSES.stream().filter(type -> type.isAssignableTo(GlobalConfiguration.class)))
                .allSatisfy(type -> assertThat(type.getMethods())
                        .as(type.getName() + " has a file name of its own")
                        .anyMatch(method -> method.getName().equals("getConfigFile")));
    }

    @Test
    void aClassWithoutANameIsRefused() {
        assertThatThrownBy(() -> new StoredXml(String.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("String");
    }
}
