package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec.Claim;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec.EmptyDir;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec.HostPath;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec.Nfs;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeUtils;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Volumes of {@code spark.kubernetes.driver.volumes.*}, and the claims that are made on demand for them. */
final class MountVolumesFeatureStep implements KubernetesFeatureConfigStep {
    private final KubernetesDriverConf conf;
    private final List<KubernetesVolumeSpec> volumes;
    private final String accessMode;

    MountVolumesFeatureStep(KubernetesDriverConf conf) {
        this.conf = conf;
        Problems problems = new Problems();
        this.volumes = problems.collect(() -> KubernetesVolumeUtils.parseVolumesWithPrefix(
                        conf.conf(), Constants.DRIVER_VOLUMES_PREFIX, conf.version()))
                .orElse(List.of());
        this.accessMode = problems.collect(() -> accessMode(conf)).orElse(null);
        problems.throwIfAny();
    }

    private static String accessMode(KubernetesDriverConf conf) {
        boolean legacy = conf.conf().get(KubernetesOptions.LEGACY_USE_READ_WRITE_ONCE_ACCESS_MODE);
        return conf.version().atLeast(4, 0) && !legacy ? "ReadWriteOncePod" : "ReadWriteOnce";
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        List<Volume> inPod = new ArrayList<>();
        for (int i = 0; i < volumes.size(); i++) {
            inPod.add(volume(volumes.get(i), i));
        }
        List<VolumeMount> mounts =
                volumes.stream().map(MountVolumesFeatureStep::mount).toList();
        return pod.editPod(builder -> builder.editSpec().addAllToVolumes(inPod).endSpec())
                .editContainer(builder -> builder.addAllToVolumeMounts(mounts));
    }

    private static VolumeMount mount(KubernetesVolumeSpec spec) {
        return new VolumeMountBuilder()
                .withName(spec.name())
                .withMountPath(spec.mountPath())
                .withReadOnly(spec.readOnly())
                .withSubPath(nullIfEmpty(spec.subPath()))
                .withSubPathExpr(nullIfEmpty(spec.subPathExpr()))
                .build();
    }

    private static String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private Volume volume(KubernetesVolumeSpec spec, int index) {
        VolumeBuilder builder = new VolumeBuilder().withName(spec.name());
        if (spec.source() instanceof HostPath host) {
            builder.withNewHostPath(host.path(), nullIfEmpty(host.type()));
        } else if (spec.source() instanceof EmptyDir dir) {
            builder.withNewEmptyDir()
                    .withMedium(dir.medium().orElse(null))
                    .withSizeLimit(dir.sizeLimit().map(Quantity::new).orElse(null))
                    .endEmptyDir();
        } else if (spec.source() instanceof Nfs nfs) {
            builder.withNewNfs().withPath(nfs.path()).withServer(nfs.server()).endNfs();
        } else if (spec.source() instanceof Claim claim) {
            builder.withNewPersistentVolumeClaim(claimName(claim, index), spec.readOnly());
        }
        return builder.build();
    }

    /** The index is that of the volume among all volumes of the driver, as in Spark. */
    private String claimName(Claim claim, int index) {
        return claim.claimName().replace(Claim.ON_DEMAND, conf.resourceName("driver-pvc-" + index));
    }

    @Override
    public List<HasMetadata> additionalKubernetesResources() {
        List<HasMetadata> claims = new ArrayList<>();
        for (int i = 0; i < volumes.size(); i++) {
            if (volumes.get(i).source() instanceof Claim claim && claim.isCreated()) {
                claims.add(claim(claim, claimName(claim, i)));
            }
        }
        return claims;
    }

    private PersistentVolumeClaim claim(Claim claim, String name) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(claim.labels())
                .addToLabels(Constants.SPARK_APP_ID_LABEL, conf.applicationId())
                .addToAnnotations(claim.annotations())
                .endMetadata()
                .withNewSpec()
                .withStorageClassName(claim.storageClass().orElseThrow())
                .withAccessModes(accessMode)
                .withNewResources()
                .withRequests(Map.of("storage", new Quantity(claim.sizeLimit().orElseThrow())))
                .endResources()
                .endSpec()
                .build();
    }
}
