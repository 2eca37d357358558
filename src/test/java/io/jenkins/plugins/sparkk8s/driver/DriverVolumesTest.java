package io.jenkins.plugins.sparkk8s.driver;

import static io.jenkins.plugins.sparkk8s.driver.Applications.APP_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Volumes of {@code spark.kubernetes.{driver,executor}.volumes.*}. */
class DriverVolumesTest {
    private static final String DRIVER = "spark.kubernetes.driver.volumes.";
    private static final String EXECUTOR = "spark.kubernetes.executor.volumes.";

    @Test
    void emptyDir() {
        DriverSpec spec = Applications.java()
                .with(DRIVER + "emptyDir.tmp.mount.path", "/tmp/x")
                .with(DRIVER + "emptyDir.tmp.options.medium", "Memory")
                .with(DRIVER + "emptyDir.tmp.options.sizeLimit", "1Gi")
                .build();

        assertThat(volume(spec, "tmp").getEmptyDir().getMedium()).isEqualTo("Memory");
        assertThat(volume(spec, "tmp").getEmptyDir().getSizeLimit()).isEqualTo(new Quantity("1Gi"));
        assertThat(mount(spec, "tmp").getMountPath()).isEqualTo("/tmp/x");
        assertThat(mount(spec, "tmp").getReadOnly()).isFalse();
    }

    @Test
    void hostPath() {
        Applications application = Applications.java()
                .with(DRIVER + "hostPath.h.mount.path", "/host")
                .with(DRIVER + "hostPath.h.mount.readOnly", "true")
                .with(DRIVER + "hostPath.h.options.path", "/data")
                .with(DRIVER + "hostPath.h.options.type", "Directory");

        DriverSpec spec = application.build();
        assertThat(volume(spec, "h").getHostPath().getPath()).isEqualTo("/data");
        assertThat(volume(spec, "h").getHostPath().getType()).isEqualTo("Directory");
        assertThat(mount(spec, "h").getReadOnly()).isTrue();
        assertThat(volume(
                                application
                                        .with("spark.kubernetes.submit.sparkVersion", "3.5.6")
                                        .build(),
                                "h")
                        .getHostPath()
                        .getType())
                .isNull();
    }

    @Test
    void nfs() {
        DriverSpec spec = Applications.java()
                .with(DRIVER + "nfs.n.mount.path", "/n")
                .with(DRIVER + "nfs.n.mount.readOnly", "true")
                .with(DRIVER + "nfs.n.options.path", "/exports")
                .with(DRIVER + "nfs.n.options.server", "nfs.example.com")
                .build();
        assertThat(volume(spec, "n").getNfs().getServer()).isEqualTo("nfs.example.com");
        assertThat(volume(spec, "n").getNfs().getReadOnly()).isNull();
        assertThat(mount(spec, "n").getReadOnly()).isTrue();
    }

    @Test
    void existingClaimWithASubPath() {
        DriverSpec spec = Applications.java()
                .with(DRIVER + "persistentVolumeClaim.c.mount.path", "/ckpt")
                .with(DRIVER + "persistentVolumeClaim.c.mount.subPathExpr", "$(RUN)")
                .with(DRIVER + "persistentVolumeClaim.c.options.claimName", "mine")
                .build();
        assertThat(volume(spec, "c").getPersistentVolumeClaim().getClaimName()).isEqualTo("mine");
        assertThat(mount(spec, "c").getSubPathExpr()).isEqualTo("$(RUN)");
        assertThat(mount(spec, "c").getSubPath()).isNull();
        assertThat(spec.resources()).noneMatch(PersistentVolumeClaim.class::isInstance);
    }

    @Test
    void claimOnDemand() {
        Applications application = Applications.java()
                .with(DRIVER + "emptyDir.a.mount.path", "/a")
                .with(DRIVER + "persistentVolumeClaim.d.mount.path", "/d")
                .with(DRIVER + "persistentVolumeClaim.d.options.claimName", "OnDemand")
                .with(DRIVER + "persistentVolumeClaim.d.options.storageClass", "gp3")
                .with(DRIVER + "persistentVolumeClaim.d.options.sizeLimit", "5Gi")
                .with(DRIVER + "persistentVolumeClaim.d.label.team", "data")
                .with(DRIVER + "persistentVolumeClaim.d.label.spark-app-selector", "other")
                .with(DRIVER + "persistentVolumeClaim.d.annotation.note", "n");

        DriverSpec spec = application.build();
        PersistentVolumeClaim claim = claim(spec);
        assertThat(claim.getMetadata().getName()).isEqualTo("up-aaaaaaaaaaaaaaaa-driver-pvc-0");
        assertThat(volume(spec, "d").getPersistentVolumeClaim().getClaimName())
                .isEqualTo("up-aaaaaaaaaaaaaaaa-driver-pvc-0");
        assertThat(claim.getMetadata().getLabels())
                .containsEntry("team", "data")
                .containsEntry("spark-app-selector", APP_ID);
        assertThat(claim.getMetadata().getAnnotations()).containsEntry("note", "n");
        assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteOncePod");
        assertThat(claim.getSpec().getStorageClassName()).isEqualTo("gp3");
        assertThat(claim.getSpec().getResources().getRequests()).containsEntry("storage", new Quantity("5Gi"));

        PersistentVolumeClaim older = claim(application
                .with("spark.kubernetes.submit.sparkVersion", "3.5.6")
                .build());
        assertThat(older.getSpec().getAccessModes()).containsExactly("ReadWriteOnce");
        assertThat(older.getMetadata().getLabels()).doesNotContainKey("team");
        assertThat(claim(application
                                .with("spark.kubernetes.legacy.useReadWriteOnceAccessMode", "true")
                                .build())
                        .getSpec()
                        .getAccessModes())
                .containsExactly("ReadWriteOnce");
    }

    @ParameterizedTest
    @CsvSource({
        "ceph.n.mount.path,/n,ceph",
        "hostPath.h.mount.path,/h,hostPath.h.options.path",
        "nfs.n.options.path,/e,nfs.n.options.server",
        "emptyDir.t.options.medium,Memory,emptyDir.t.mount.path",
        "persistentVolumeClaim.c.mount.path,/x,persistentVolumeClaim.c.options.claimName",
        "emptyDir.t.mount.readOnly,maybe,emptyDir.t.mount.readOnly",
        "emptyDir.t.options.sizeLimit,10,less than 1 KiB",
        "emptyDir.t.options.sizeLimit,much,not a Kubernetes quantity",
        "persistentVolumeClaim.c.options.claimName,OnDemand,persistentVolumeClaim.c.options.storageClass",
    })
    void errorsNameTheFullKey(String property, String value, String mention) {
        assertThatThrownBy(
                        () -> Applications.java().with(DRIVER + property, value).check())
                .hasMessageContaining(DRIVER)
                .hasMessageContaining(mention);
        assertThatThrownBy(() ->
                        Applications.java().with(EXECUTOR + property, value).check())
                .hasMessageContaining(EXECUTOR)
                .hasMessageContaining(mention);
    }

    @Test
    void aSizeWithoutUnitIsNotLookedAtBeforeSpark4() {
        assertThatCode(() -> Applications.java()
                        .with(DRIVER + "emptyDir.t.mount.path", "/t")
                        .with(DRIVER + "emptyDir.t.options.sizeLimit", "10")
                        .with("spark.kubernetes.submit.sparkVersion", "3.5.6")
                        .check())
                .doesNotThrowAnyException();
    }

    @Test
    void subPathAndSubPathExprExcludeEachOther() {
        assertThatThrownBy(() -> Applications.java()
                        .with(DRIVER + "emptyDir.t.mount.path", "/t")
                        .with(DRIVER + "emptyDir.t.mount.subPath", "a")
                        .with(DRIVER + "emptyDir.t.mount.subPathExpr", "$(B)")
                        .check())
                .hasMessageContaining(DRIVER + "emptyDir.t.mount.subPath and")
                .hasMessageContaining(DRIVER + "emptyDir.t.mount.subPathExpr");
    }

    @ParameterizedTest
    @CsvSource({DRIVER, EXECUTOR})
    void mountPathsDiffer(String prefix) {
        assertThatThrownBy(() -> Applications.java()
                        .with(prefix + "emptyDir.a.mount.path", "/same")
                        .with(prefix + "emptyDir.b.mount.path", "/same")
                        .check())
                .hasMessageContaining("a and b under " + prefix)
                .hasMessageContaining("'/same'");
    }

    private static PersistentVolumeClaim claim(DriverSpec spec) {
        return spec.resources().stream()
                .filter(PersistentVolumeClaim.class::isInstance)
                .map(PersistentVolumeClaim.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Volume volume(DriverSpec spec, String name) {
        return spec.pod().getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static VolumeMount mount(DriverSpec spec, String name) {
        return spec.pod().getSpec().getContainers().get(0).getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
