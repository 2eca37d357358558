package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Brings one pod from its binding to its end, on a thread of its own. Each {@link #step} does all that can be done now
 * and writes the status down; a change of the pod, the end of a process or the time of a retry leads to the next one.
 */
final class PodWorker implements Runnable {

    private static final Logger LOGGER = Logger.getLogger(PodWorker.class.getName());
    private static final Duration API_RETRY = Duration.ofMillis(500);
    private static final Duration FIRST_MOUNT_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_MOUNT_RETRY = Duration.ofSeconds(5);
    private static final long DEFAULT_GRACE_SECONDS = 30;
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final KubeletContext context;
    private final ObjectReader objects;
    private final Path directory;
    private final PodStatusFactory statuses;
    private final RestartPolicy restartPolicy;
    private final List<ContainerRun> init = new ArrayList<>();
    private final List<ContainerRun> containers = new ArrayList<>();
    private final Semaphore wake = new Semaphore(0);
    private volatile Pod pod;
    private volatile boolean removed;
    private String podIp;
    private boolean isOnNetwork;
    private ContainerPreparation preparation;
    private Duration mountRetry = FIRST_MOUNT_RETRY;
    private PodStatus written;
    private Instant deletionSeen;
    private Instant next;

    PodWorker(KubeletContext context, Pod pod) {
        this.context = context;
        this.pod = pod;
        this.restartPolicy = RestartPolicy.of(pod.getSpec());
        this.statuses = new PodStatusFactory(restartPolicy);
        this.objects = new ObjectReader(context.client(), pod.getMetadata().getNamespace());
        this.directory =
                context.directory().resolve("pods").resolve(pod.getMetadata().getUid());
        String waiting = pod.getSpec().getInitContainers().isEmpty() ? "ContainerCreating" : "PodInitializing";
        for (Container container : pod.getSpec().getInitContainers()) {
            init.add(new ContainerRun(container, "initContainers", waiting, context.events()));
        }
        for (Container container : pod.getSpec().getContainers()) {
            containers.add(new ContainerRun(container, "containers", waiting, context.events()));
        }
    }

    /** To be called when the pod object has changed. */
    void update(Pod changed) {
        pod = changed;
        wake.release();
    }

    /** To be called when the pod object is gone, or the kubelet stops: the containers end at once. */
    void remove() {
        removed = true;
        wake.release();
    }

    /** The container of this name, if the pod has one. */
    Optional<ContainerRun> container(String name) {
        return Stream.concat(init.stream(), containers.stream())
                .filter(run -> run.container().getName().equals(name))
                .findFirst();
    }

    @Override
    public void run() {
        try {
            while (!removed) {
                next = Instant.now().plus(Duration.ofMinutes(1));
                guardedStep();
                awaitNext();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            cleanUp();
        }
    }

    private void awaitNext() throws InterruptedException {
        long millis = Duration.between(Instant.now(), next).toMillis();
        if (!removed && wake.tryAcquire(Math.max(1, millis), TimeUnit.MILLISECONDS)) {
            wake.drainPermits();
        }
    }

    private void guardedStep() {
        try {
            step();
        } catch (KubernetesClientException e) {
            LOGGER.log(Level.FINE, e, () -> "Pod " + name() + " waits for the API server");
            retryAfter(API_RETRY);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Pod " + name() + " could not be synced");
            context.events().warning(pod, "FailedSync", "error syncing pod: " + e.getMessage());
            retryAfter(LONGEST_MOUNT_RETRY);
        }
    }

    private void step() throws IOException {
        for (ContainerRun run : everyRun()) {
            run.collect();
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            terminate();
        } else {
            if (written == null) {
                writeStatus();
            }
            if (preparation != null || prepareVolumes()) {
                restart(init, restartPolicy.forInit());
                restart(containers, restartPolicy);
                startContainers();
            }
            writeStatus();
        }
    }

    private void restart(List<ContainerRun> runs, RestartPolicy policy) {
        runs.stream()
                .filter(run -> run.isTerminated() && policy.restarts(run.hasSucceeded()))
                .forEach(run -> run.restart(pod));
    }

    private List<ContainerRun> everyRun() {
        return Stream.concat(init.stream(), containers.stream()).toList();
    }

    private boolean prepareVolumes() throws IOException {
        Files.createDirectories(directory);
        if (podIp == null) {
            podIp = context.addresses().take();
            isOnNetwork = true;
            context.names().add(pod, podIp, ContainerPreparation.hostsFile(directory));
        }
        ServiceAccountFiles account =
                new ServiceAccountFiles(objects, pod.getSpec().getServiceAccountName(), context.caCertificatePem());
        PodVolumes source = new PodVolumes(directory.resolve("volumes"), objects, new PodFields(pod, podIp), account);
        Map<String, Path> volumes = new HashMap<>();
        boolean ready = true;
        for (Volume volume : pod.getSpec().getVolumes()) {
            try {
                volumes.put(volume.getName(), source.prepare(volume));
            } catch (MissingObjectException e) {
                failedMount(volume.getName(), e.getMessage());
                ready = false;
            }
        }
        ready = prepareAccount(account) && ready;
        if (ready) {
            context.names().refresh(pod.getMetadata().getNamespace());
            preparation = new ContainerPreparation(context, pod, podIp, directory, volumes, objects);
        } else {
            retryAfter(mountRetry);
            Duration doubled = mountRetry.multipliedBy(2);
            mountRetry = doubled.compareTo(LONGEST_MOUNT_RETRY) > 0 ? LONGEST_MOUNT_RETRY : doubled;
        }
        return ready;
    }

    private boolean prepareAccount(ServiceAccountFiles account) throws IOException {
        boolean unwanted = Boolean.FALSE.equals(pod.getSpec().getAutomountServiceAccountToken())
                || pod.getSpec().getVolumes().stream()
                        .anyMatch(volume -> volume.getName().startsWith("kube-api-access-"));
        try {
            if (!unwanted) {
                account.write(ContainerPreparation.accountDirectory(directory));
            }
            return true;
        } catch (MissingObjectException e) {
            failedMount("kube-api-access", e.getMessage());
            return false;
        }
    }

    private void failedMount(String volume, String message) {
        String text = "MountVolume.SetUp failed for volume \"" + volume + "\" : " + message;
        context.events().warning(pod, "FailedMount", text);
    }

    private void startContainers() throws IOException {
        for (ContainerRun run : init) {
            if (run.isTerminated() && !run.hasSucceeded()) {
                return;
            }
            if (!run.isTerminated()) {
                start(run);
                return;
            }
        }
        for (ContainerRun run : containers) {
            start(run);
        }
    }

    private void start(ContainerRun run) throws IOException {
        run.start(pod, preparation, context.sandbox(), wake::release);
        if (run.nextStart().isBefore(next)) {
            next = run.nextStart();
        }
    }

    private void terminate() {
        Instant now = Instant.now();
        if (deletionSeen == null) {
            deletionSeen = now;
            everyRun().forEach(run -> run.terminate(pod));
        }
        if (everyRun().stream().noneMatch(ContainerRun::isRunning)) {
            if (writeStatus()) {
                resource().withGracePeriod(0).delete();
            }
            return;
        }
        Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
        Instant deadline = deletionSeen.plusSeconds(grace == null ? DEFAULT_GRACE_SECONDS : grace);
        if (now.isBefore(deadline)) {
            next = deadline;
        } else {
            everyRun().forEach(ContainerRun::kill);
            retryAfter(API_RETRY);
        }
        writeStatus();
    }

    private void retryAfter(Duration delay) {
        next = Instant.now().plus(delay);
    }

    /** Writes the status if it differs from what was written last; false when the pod is not this one any more. */
    private boolean writeStatus() {
        PodStatus status = statuses.status(init, containers, podIp);
        if (ENDED.contains(status.getPhase())) {
            leaveNetwork();
        }
        if (status.equals(written)) {
            return true;
        }
        // With the uid, a pod that took this one's name is left alone.
        Pod patch = new PodBuilder()
                .withNewMetadata()
                .withUid(pod.getMetadata().getUid())
                .endMetadata()
                .withStatus(status)
                .build();
        try {
            resource().subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(patch));
        } catch (KubernetesClientException e) {
            if (e.getCode() == 404 || e.getCode() == 409) {
                LOGGER.log(Level.FINE, e, () -> "Pod " + name() + " is gone");
                return false;
            }
            throw e;
        }
        written = status;
        return true;
    }

    private PodResource resource() {
        return context.client()
                .pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName());
    }

    private String name() {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    private void cleanUp() {
        everyRun().forEach(ContainerRun::abandon);
        leaveNetwork();
        Directories.delete(directory);
    }

    /** Services no longer lead to the pod, and its address, which its status keeps, may become that of another one. */
    private void leaveNetwork() {
        if (isOnNetwork) {
            isOnNetwork = false;
            context.names().remove(pod);
            context.addresses().release(podIp);
        }
    }
}
