package io.jenkins.plugins.sparkk8s.submission;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.kubernetes.ClusterException;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.NameConflict;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Creates a driver and all that belongs to it. One object for each submission.
 *
 * <p>The order differs from Spark's, which creates the pod first and then what it mounts: a submitter that dies in
 * between leaves a pod that can never start. Here
 *
 * <ol>
 *   <li>the other objects are created, at the same time and without an owner;
 *   <li>then the pod, which can start at once;
 *   <li>then the pod is made the owner of the others, by patches of their metadata at the same time.
 * </ol>
 *
 * The end is the same. A submitter that dies before step 2 leaves objects that do nothing, after it a driver that runs;
 * in both cases a repeat with the same {@link io.jenkins.plugins.sparkk8s.application.ApplicationIdentity} has the same
 * names, recognises its own by {@link Constants#OWN_APPLICATION_LABEL} and completes what is missing. There is never a
 * second driver, since the name of the pod is the same.
 *
 * <p>When a step fails, everything of this application is removed again, unless the driver pod was there before: it
 * runs, and a repeat can complete it.
 */
public final class DriverSubmitter {
    private final ClusterObjects objects;
    private final DriverSpec spec;
    private final SubmissionHandle planned;
    private final SubmissionListener listener;
    private final Rollback rollback;
    private boolean driverExisted;

    private DriverSubmitter(KubernetesClient client, DriverSpec spec, SubmissionListener listener) {
        this.objects = new ClusterObjects(client, maskOf(spec));
        this.spec = spec;
        this.planned = SubmissionHandle.planned(spec);
        this.listener = listener;
        this.rollback = new Rollback(objects, planned, listener);
    }

    /** An API server that refuses an object may repeat it in its answer: properties, and what the Secrets hold. */
    private static SecretMask maskOf(DriverSpec spec) {
        List<String> contents = spec.dependants().stream()
                .filter(Secret.class::isInstance)
                .flatMap(object -> ((Secret) object).getData().values().stream())
                .flatMap(base64 ->
                        Stream.of(base64, new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8)))
                .toList();
        return SecretMask.of(spec.properties()).and(contents);
    }

    /**
     * Creates what is not there yet, and returns when the driver pod owns it all; the pod itself may still be pending.
     *
     * @param attempt {@link Attempt#REPEATED} unless the caller knows that nothing was created under the identity
     * @param listener called on the caller's thread
     * @return the handle with the uid of the driver pod
     * @throws ClusterException when the cluster refuses or cannot be reached; what was created is removed again, or
     *     named in the message
     * @throws InterruptedException when the thread is interrupted meanwhile; what was created is removed again
     */
    public static SubmissionHandle submit(
            KubernetesClient client, DriverSpec spec, Attempt attempt, SubmissionListener listener)
            throws InterruptedException {
        return new DriverSubmitter(client, spec, listener).submit(attempt);
    }

    /** Whether objects of the identity may exist already. */
    public enum Attempt {
        /** The identity is new: the driver pod is not looked for before it is created. */
        FIRST,
        /** An earlier submitter may have created some or all of the objects. */
        REPEATED
    }

    private SubmissionHandle submit(Attempt attempt) throws InterruptedException {
        try {
            return createAll(attempt);
        } catch (RuntimeException | InterruptedException | Error e) {
            boolean interrupted = Thread.interrupted() || e instanceof InterruptedException;
            List<ObjectReference> leftBehind = driverExisted ? List.of() : rollback.run();
            if (interrupted) {
                throw interruption(e, leftBehind);
            }
            if (e instanceof ClusterException failure && !leftBehind.isEmpty()) {
                throw failure.and(leftBehindSentence(leftBehind));
            }
            throw e;
        }
    }

    private InterruptedException interruption(Throwable cause, List<ObjectReference> leftBehind) {
        InterruptedException interruption = new InterruptedException(
                leftBehind.isEmpty() ? "The submission was interrupted." : leftBehindSentence(leftBehind));
        interruption.initCause(cause);
        return interruption;
    }

    private String leftBehindSentence(List<ObjectReference> leftBehind) {
        List<String> names =
                leftBehind.stream().map(ObjectReference::toString).sorted().toList();
        String resources = Stream.concat(
                        Stream.of("pods", "services", "configmaps", "secrets", "persistentvolumeclaims"),
                        leftBehind.stream().map(ObjectReference::qualifiedResource))
                .distinct()
                .collect(Collectors.joining(","));
        return "These objects could not be removed again: %s. Remove them with 'kubectl delete %s -n %s -l %s=%s'."
                .formatted(
                        String.join(", ", names),
                        resources,
                        planned.namespace(),
                        Constants.OWN_APPLICATION_LABEL,
                        planned.applicationId());
    }

    private SubmissionHandle createAll(Attempt attempt) throws InterruptedException {
        Optional<Pod> earlier = attempt == Attempt.FIRST
                ? Optional.empty()
                : objects.get(spec.pod()).map(this::requireOwn);
        driverExisted = earlier.isPresent();
        createDependants();
        stopIfInterrupted();
        ObjectMeta driver = earlier.isPresent() ? found(earlier.get()) : createDriver();
        SubmissionHandle handle = planned.withDriverPod(driver);
        listener.driverPodExists(handle);
        stopIfInterrupted();
        setOwner(driver);
        return handle;
    }

    private void createDependants() throws InterruptedException {
        List<HasMetadata> dependants = spec.dependants();
        dependants.forEach(rollback::expect);
        List<Callable<Ensured>> calls = new ArrayList<>();
        dependants.forEach(object -> calls.add(() -> ensure(object)));
        SimultaneousCalls.run(calls, ensured -> ensured.report(listener));
    }

    private void setOwner(ObjectMeta driver) throws InterruptedException {
        List<Callable<Boolean>> calls = new ArrayList<>();
        spec.dependants()
                .forEach(object -> calls.add(() -> {
                    objects.setOwner(object, driver);
                    return true;
                }));
        SimultaneousCalls.run(calls, done -> {});
    }

    /** An object that is there now, created by this attempt or by an earlier one. */
    private record Ensured(ObjectReference object, boolean created) {
        void report(SubmissionListener listener) {
            if (created) {
                listener.created(object);
            } else {
                listener.found(object);
            }
        }
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("The submission was interrupted.");
        }
    }

    /** For several threads. */
    private Ensured ensure(HasMetadata object) {
        ObjectReference reference = ObjectReference.to(object);
        if (create(object).isPresent()) {
            return new Ensured(reference, true);
        }
        HasMetadata there = objects.get(object)
                .map(this::requireOwn)
                .orElseThrow(() -> new ClusterException(
                        "%s in namespace %s existed, but was deleted during the submission. Try again."
                                .formatted(ObjectReference.to(object), planned.namespace())));
        if (driverExisted || hasSameContent(object, there)) {
            return new Ensured(reference, false);
        }
        objects.delete(there);
        if (create(object).isEmpty()) {
            throw new ClusterException(
                    "%s in namespace %s, from an earlier attempt, could not be replaced. Try again when it has been deleted."
                            .formatted(reference, planned.namespace()));
        }
        return new Ensured(reference, true);
    }

    /**
     * An object without an owner with the same content for the driver; one that is owned vanishes with its former
     * owner.
     */
    private static boolean hasSameContent(HasMetadata wanted, HasMetadata there) {
        List<OwnerReference> owners = there.getMetadata().getOwnerReferences();
        if (owners != null && !owners.isEmpty() || there.getMetadata().getDeletionTimestamp() != null) {
            return false;
        }
        if (wanted instanceof ConfigMap map && there instanceof ConfigMap other) {
            return Objects.equals(map.getData(), other.getData());
        }
        if (wanted instanceof Secret secret && there instanceof Secret other) {
            return Objects.equals(secret.getData(), other.getData());
        }
        return true;
    }

    private Optional<ObjectMeta> create(HasMetadata object) {
        Optional<ObjectMeta> created;
        try {
            created = objects.create(object);
        } catch (ClusterException e) {
            if (isRefusal(e)) {
                rollback.forget(object);
            }
            throw e;
        }
        created.ifPresent(made -> rollback.created(object));
        return created;
    }

    /** After a server error or no answer at all it is unknown whether the object was created. */
    private static boolean isRefusal(ClusterException e) {
        return e.code() >= 400 && e.code() < 500 && e.code() != 429;
    }

    private ObjectMeta createDriver() {
        rollback.expect(spec.pod());
        Optional<ObjectMeta> created = create(spec.pod());
        created.ifPresent(pod -> listener.created(ObjectReference.to(spec.pod())));
        return created.orElseGet(this::driverOfLostAnswer);
    }

    /** The pod was created, but the API client had to ask twice to get the answer. */
    private ObjectMeta driverOfLostAnswer() {
        return found(objects.get(spec.pod()).map(this::requireOwn).orElseThrow(this::driverVanished));
    }

    private ClusterException driverVanished() {
        return new ClusterException("The driver pod %s in namespace %s was deleted right after it was created."
                .formatted(spec.podName(), planned.namespace()));
    }

    private ObjectMeta found(Pod driver) {
        listener.found(ObjectReference.to(driver));
        return driver.getMetadata();
    }

    private <T extends HasMetadata> T requireOwn(T object) {
        if (!ClusterObjects.belongsTo(object, planned.applicationId())) {
            rollback.forget(object);
            throw new ClusterException(NameConflict.sentence(object), 409, null);
        }
        if (object instanceof Pod && object.getMetadata().getDeletionTimestamp() != null) {
            rollback.forget(object);
            throw new ClusterException(
                    "The driver pod %s of this application is being deleted in namespace %s, so the application cannot be submitted again. Submit it as a new one."
                            .formatted(spec.podName(), planned.namespace()));
        }
        return object;
    }
}
