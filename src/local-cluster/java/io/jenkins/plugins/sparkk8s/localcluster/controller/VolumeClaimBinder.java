package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.localcluster.client.EventRecorder;
import io.jenkins.plugins.sparkk8s.localcluster.client.Informers;
import io.jenkins.plugins.sparkk8s.localcluster.kubelet.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Binds persistent volume claims: to a fitting volume that exists, else for the storage class {@code standard} (the
 * default) to a new directory, which is deleted with its claim. Claims of an unknown class stay pending, with an event.
 */
public final class VolumeClaimBinder implements AutoCloseable {

    private static final String STANDARD = "standard";
    private static final String PROVISIONER = "sparkk8s.localcluster/directory";

    private final KubernetesClient client;
    private final EventRecorder events;
    private final Path directory;
    private final ControlLoop loop = new ControlLoop("volume-claim-binder", this::reconcile);
    private final SharedIndexInformer<PersistentVolumeClaim> claims;
    private final Set<String> refused = new HashSet<>();

    /**
     * Creates the storage class and starts binding.
     *
     * @param config how to reach the API server, with all rights
     * @param directory below which volumes are made
     */
    public VolumeClaimBinder(Config config, Path directory) {
        this.client = Informers.patientClient(config);
        this.events = new EventRecorder(client, "persistentvolume-controller", null);
        this.directory = directory.toAbsolutePath();
        createStorageClass();
        claims = Informers.start(
                client.persistentVolumeClaims().inAnyNamespace(), claim -> loop.wake(), claim -> loop.wake());
        loop.start();
    }

    private void createStorageClass() {
        if (client.storage().v1().storageClasses().withName(STANDARD).get() == null) {
            client.storage()
                    .v1()
                    .storageClasses()
                    .resource(new StorageClassBuilder()
                            .withNewMetadata()
                            .withName(STANDARD)
                            .addToAnnotations("storageclass.kubernetes.io/is-default-class", "true")
                            .endMetadata()
                            .withProvisioner(PROVISIONER)
                            .withReclaimPolicy("Delete")
                            .withVolumeBindingMode("Immediate")
                            .build())
                    .create();
        }
    }

    private void reconcile() {
        List<PersistentVolumeClaim> all = claims.getStore().list();
        for (PersistentVolumeClaim claim : all) {
            boolean bound = claim.getStatus() != null
                    && "Bound".equals(claim.getStatus().getPhase());
            if (!bound && claim.getMetadata().getDeletionTimestamp() == null) {
                bind(claim);
            }
        }
        if (claims.hasSynced()) {
            Set<String> living =
                    all.stream().map(claim -> claim.getMetadata().getUid()).collect(Collectors.toSet());
            client.persistentVolumes().list().getItems().stream()
                    .filter(volume -> isOurs(volume) && isReleased(volume, living))
                    .forEach(this::reclaim);
        }
    }

    private boolean isOurs(PersistentVolume volume) {
        return PROVISIONER.equals(
                volume.getMetadata().getAnnotations() == null
                        ? null
                        : volume.getMetadata().getAnnotations().get("pv.kubernetes.io/provisioned-by"));
    }

    private boolean isReleased(PersistentVolume volume, Set<String> living) {
        if (living.contains(volume.getSpec().getClaimRef().getUid())) {
            return false;
        }
        // The informer may lag behind a claim that this loop has just seen; the API server decides.
        var claim = volume.getSpec().getClaimRef();
        PersistentVolumeClaim now = client.persistentVolumeClaims()
                .inNamespace(claim.getNamespace())
                .withName(claim.getName())
                .get();
        return now == null || !now.getMetadata().getUid().equals(claim.getUid());
    }

    private void reclaim(PersistentVolume volume) {
        client.persistentVolumes().resource(volume).delete();
        Directories.delete(Path.of(volume.getSpec().getHostPath().getPath()));
    }

    private void bind(PersistentVolumeClaim claim) {
        Optional<PersistentVolume> existing = existing(claim);
        String storageClass = claim.getSpec().getStorageClassName();
        if (existing.isPresent()) {
            bind(claim, existing.get());
        } else if (claim.getSpec().getVolumeName() != null) {
            refuse(claim, "FailedBinding", "volume \"" + claim.getSpec().getVolumeName() + "\" not found");
        } else if (storageClass == null || storageClass.equals(STANDARD)) {
            bind(claim, provision(claim));
            events.normal(
                    claim,
                    "ProvisioningSucceeded",
                    "Successfully provisioned volume pvc-" + claim.getMetadata().getUid());
        } else if (storageClass.isEmpty()) {
            refuse(
                    claim,
                    "FailedBinding",
                    "no persistent volumes available for this claim and no storage class is set");
        } else {
            refuse(claim, "ProvisioningFailed", "storageclass.storage.k8s.io \"" + storageClass + "\" not found");
        }
    }

    private void refuse(PersistentVolumeClaim claim, String reason, String message) {
        if (refused.add(claim.getMetadata().getUid() + message)) {
            events.warning(claim, reason, message);
        }
    }

    private Optional<PersistentVolume> existing(PersistentVolumeClaim claim) {
        String uid = claim.getMetadata().getUid();
        String wanted = claim.getSpec().getVolumeName();
        String storageClass = claim.getSpec().getStorageClassName();
        return client.persistentVolumes().list().getItems().stream()
                .filter(volume -> volume.getSpec().getClaimRef() == null
                        || uid.equals(volume.getSpec().getClaimRef().getUid()))
                .filter(volume -> wanted != null
                        ? wanted.equals(volume.getMetadata().getName())
                        : String.valueOf(storageClass)
                                        .equals(String.valueOf(volume.getSpec().getStorageClassName()))
                                && holds(volume, claim))
                .findFirst();
    }

    private static boolean holds(PersistentVolume volume, PersistentVolumeClaim claim) {
        var size = volume.getSpec().getCapacity().get("storage");
        var wanted = claim.getSpec().getResources().getRequests().get("storage");
        return wanted == null || size.getNumericalAmount().compareTo(wanted.getNumericalAmount()) >= 0;
    }

    private PersistentVolume provision(PersistentVolumeClaim claim) {
        String name = "pvc-" + claim.getMetadata().getUid();
        Path path = directory.resolve(name);
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the directory of volume " + name, e);
        }
        PersistentVolume volume = new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToAnnotations("pv.kubernetes.io/provisioned-by", PROVISIONER)
                .endMetadata()
                .withNewSpec()
                .withAccessModes(claim.getSpec().getAccessModes())
                .withCapacity(claim.getSpec().getResources().getRequests())
                .withStorageClassName(STANDARD)
                .withPersistentVolumeReclaimPolicy("Delete")
                .withNewHostPath(path.toString(), "")
                .withNewClaimRef()
                .withApiVersion("v1")
                .withKind("PersistentVolumeClaim")
                .withNamespace(claim.getMetadata().getNamespace())
                .withName(claim.getMetadata().getName())
                .withUid(claim.getMetadata().getUid())
                .endClaimRef()
                .endSpec()
                .build();
        return client.resource(volume).create();
    }

    private void bind(PersistentVolumeClaim claim, PersistentVolume volume) {
        String name = volume.getMetadata().getName();
        var claimResource = client.persistentVolumeClaims()
                .inNamespace(claim.getMetadata().getNamespace())
                .withName(claim.getMetadata().getName());
        PersistentVolumeClaim status = new PersistentVolumeClaimBuilder()
                .withNewStatus()
                .withPhase("Bound")
                .withAccessModes(volume.getSpec().getAccessModes())
                .withCapacity(volume.getSpec().getCapacity())
                .endStatus()
                .build();
        PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
        try {
            claimResource.patch(merge, "{\"spec\":{\"volumeName\":\"" + name + "\"}}");
            claimResource.subresource("status").patch(merge, Serialization.asJson(status));
            client.persistentVolumes()
                    .withName(name)
                    .subresource("status")
                    .patch(merge, "{\"status\":{\"phase\":\"Bound\"}}");
        } catch (KubernetesClientException e) {
            if (e.getCode() != 404) {
                throw e;
            }
            // The claim was deleted meanwhile: the next round reclaims its volume.
            loop.wake();
        }
    }

    /** Stops binding; volumes stay. */
    @Override
    public void close() {
        loop.close();
        claims.stop();
        events.close();
        client.close();
    }
}
