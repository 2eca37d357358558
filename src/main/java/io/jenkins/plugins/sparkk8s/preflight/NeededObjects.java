package io.jenkins.plugins.sparkk8s.preflight;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.jenkins.plugins.sparkk8s.conf.DriverSideOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.PodGroup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that must be in the cluster before driver and executors can start, and that the submission does not
 * create.
 *
 * <p>For the driver the pod decides, since feature steps may be left out and templates bring their own; the
 * configuration has the key that asked. The executors' pods do not exist yet: there the configuration and the template
 * decide.
 */
final class NeededObjects {
    private final DriverSpec spec;
    private final KubernetesSerialization serialization;
    private final ConfiguredReferences configured;

    private NeededObjects(DriverSpec spec, KubernetesSerialization serialization) {
        this.spec = spec;
        this.serialization = serialization;
        this.configured = new ConfiguredReferences(spec.properties());
    }

    /** All references without doubles; several may be about one object. */
    static Set<Reference> of(DriverSpec spec, KubernetesSerialization serialization) {
        NeededObjects objects = new NeededObjects(spec, serialization);
        Set<Reference> needed = new LinkedHashSet<>(objects.ofDriver());
        if (startsExecutors(spec)) {
            needed.addAll(objects.ofExecutors());
        }
        return needed;
    }

    /** A driver with a local master runs its tasks itself. */
    static boolean startsExecutors(DriverSpec spec) {
        return !spec.properties().get(DriverSideOptions.DRIVER_MASTER).startsWith("local");
    }

    private List<Reference> ofDriver() {
        List<Reference> inPod = new ArrayList<>(
                PodReferences.of(spec.pod().getSpec(), KubernetesOptions.DRIVER_POD_TEMPLATE_FILE.key()));
        inPod.addAll(storageClassesOfCreatedClaims());
        inPod.addAll(priorityClassesOfPodGroups());
        inPod.removeIf(this::isCreated);
        List<Reference> needed = new ArrayList<>(configured.ofDriver());
        needed.removeIf(reference -> inPod.stream().noneMatch(reference::sameObject));
        List<Reference> ofKeys = List.copyOf(needed);
        inPod.stream()
                .filter(reference -> ofKeys.stream().noneMatch(key -> key.covers(reference)))
                .forEach(needed::add);
        return needed;
    }

    private List<Reference> storageClassesOfCreatedClaims() {
        return spec.dependants().stream()
                .filter(PersistentVolumeClaim.class::isInstance)
                .map(claim -> ((PersistentVolumeClaim) claim).getSpec().getStorageClassName())
                .filter(name -> name != null && !name.isEmpty())
                .map(name -> new Reference(ObjectKind.STORAGE_CLASS, name, Constants.DRIVER_VOLUMES_PREFIX))
                .toList();
    }

    private List<Reference> priorityClassesOfPodGroups() {
        return spec.dependants().stream()
                .filter(PodGroup.class::isInstance)
                .map(group -> ((PodGroup) group).getSpec().get("priorityClassName"))
                .filter(name -> name instanceof String text && !text.isEmpty())
                .map(name -> new Reference(ObjectKind.PRIORITY_CLASS, (String) name, Constants.POD_GROUP_TEMPLATE_FILE))
                .toList();
    }

    private boolean isCreated(Reference reference) {
        return spec.dependants().stream()
                .anyMatch(object -> object.getKind().equals(reference.kind().kind())
                        && object.getMetadata().getName().equals(reference.name()));
    }

    private List<Reference> ofExecutors() {
        List<Reference> needed = new ArrayList<>(configured.ofExecutors());
        Optional<PodSpec> template = executorTemplate();
        boolean templateDecides = template.map(PodSpec::getServiceAccount).isPresent();
        Optional<Reference> account = templateDecides ? Optional.empty() : configured.serviceAccountOfExecutors();
        account.ifPresent(needed::add);
        template.ifPresent(pod -> PodReferences.of(pod, KubernetesOptions.EXECUTOR_POD_TEMPLATE_FILE.key()).stream()
                .filter(reference -> account.isEmpty() || reference.kind() != ObjectKind.SERVICE_ACCOUNT)
                .forEach(needed::add));
        return needed;
    }

    /** The template travels to the driver in a ConfigMap, so it need not be read again. */
    private Optional<PodSpec> executorTemplate() {
        return spec.dependants().stream()
                .filter(object -> object.getMetadata().getName().endsWith(Constants.POD_TEMPLATE_CONFIG_MAP_SUFFIX))
                .map(NeededObjects::templateText)
                .filter(Objects::nonNull)
                .findFirst()
                .map(text -> serialization.unmarshal(text, Pod.class).getSpec());
    }

    private static String templateText(HasMetadata object) {
        return object instanceof ConfigMap map ? map.getData().get(Constants.POD_TEMPLATE_KEY) : null;
    }
}
