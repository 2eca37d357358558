package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.localcluster.client.EventRecorder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** One container of a pod from its first waiting to its end. Driven by its pod's worker alone; the log server reads. */
final class ContainerRun {

    private static final Duration CONFIG_RETRY = Duration.ofSeconds(2);

    private final Container container;
    private final String fieldPath;
    private final EventRecorder events;
    private final ImagePull pull;
    private final RestartBackOff backOff = new RestartBackOff();
    private String id = newId();
    private volatile ContainerState state;
    private ContainerProcess process;
    private volatile ContainerLog log;
    private volatile ContainerLog previousLog;
    private ContainerState lastState = new ContainerState();
    private int restarts;
    private Instant startedAt;
    private Instant nextStart = Instant.MIN;

    /**
     * @param kind {@code containers} or {@code initContainers}
     * @param waiting first waiting reason
     */
    ContainerRun(Container container, String kind, String waiting, EventRecorder events) {
        this.container = container;
        this.fieldPath = "spec." + kind + "{" + container.getName() + "}";
        this.events = events;
        this.pull = new ImagePull(container.getImage());
        this.state = waiting(waiting, null);
    }

    Container container() {
        return container;
    }

    boolean isRunning() {
        return state.getRunning() != null;
    }

    boolean isTerminated() {
        return state.getTerminated() != null;
    }

    boolean hasSucceeded() {
        return isTerminated() && state.getTerminated().getExitCode() == 0;
    }

    /** The log, or null before the start. */
    ContainerLog log() {
        return log;
    }

    /** The log of the run before the present one, or null. */
    ContainerLog previousLog() {
        return previousLog;
    }

    /** Whether it has run before and is to be started again. */
    boolean hasRestarted() {
        return restarts > 0;
    }

    /** Why there is no log yet. */
    String waitingReason() {
        return state.getWaiting() == null ? null : state.getWaiting().getReason();
    }

    /** When {@link #start} is due; {@link Instant#MAX} once started. */
    Instant nextStart() {
        return state.getWaiting() == null ? Instant.MAX : nextStart;
    }

    /** Starts the container if its image and all that its configuration names is there; else waits with a reason. */
    void start(Pod pod, ContainerPreparation preparation, Sandbox sandbox, Runnable exited) throws IOException {
        Instant now = Instant.now();
        if (now.isBefore(nextStart())) {
            return;
        }
        if (container.getCommand().isEmpty() && !SparkImage.isPresent(container.getImage())) {
            pullInVain(pod, now);
            return;
        }
        ContainerSpec spec;
        try {
            spec = preparation.prepare(container);
        } catch (MissingObjectException e) {
            state = waiting("CreateContainerConfigError", e.getMessage());
            event(pod, "Warning", "Failed", "Error: " + e.getMessage());
            nextStart = now.plus(CONFIG_RETRY);
            return;
        }
        String image = container.getImage();
        event(pod, "Normal", "Pulled", "Container image \"" + image + "\" already present on machine");
        event(pod, "Normal", "Created", "Created container: " + container.getName());
        log = new ContainerLog(spec.directory().resolve("log-" + restarts));
        process = ContainerProcess.start(spec, sandbox, log, exited);
        event(pod, "Normal", "Started", "Started container " + container.getName());
        startedAt = now.truncatedTo(ChronoUnit.SECONDS);
        state = new ContainerStateBuilder().withNewRunning(startedAt.toString()).build();
    }

    private void pullInVain(Pod pod, Instant now) {
        if (pull.attempt(now)) {
            String image = container.getImage();
            state = waiting("ErrImagePull", pull.pullError());
            event(pod, "Normal", "Pulling", "Pulling image \"" + image + "\"");
            event(pod, "Warning", "Failed", "Failed to pull image \"" + image + "\": " + pull.pullError());
            event(pod, "Warning", "Failed", "Error: ErrImagePull");
        } else {
            state = waiting("ImagePullBackOff", pull.backOffMessage());
            event(pod, "Normal", "BackOff", pull.backOffMessage());
            event(pod, "Warning", "Failed", "Error: ImagePullBackOff");
        }
        nextStart = pull.next();
    }

    /** Takes notice of the process's end. */
    void collect() throws IOException {
        if (isRunning() && !process.isAlive() && log.isComplete()) {
            int exitCode = process.exitCode();
            state = new ContainerStateBuilder()
                    .withNewTerminated()
                    .withContainerID(id)
                    .withExitCode(exitCode)
                    .withReason(exitCode == 0 ? "Completed" : "Error")
                    .withMessage(exitCode == 0 ? null : terminationMessage())
                    .withStartedAt(startedAt.toString())
                    .withFinishedAt(
                            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                    .endTerminated()
                    .build();
        }
    }

    /** Makes a container that has ended wait for its next start. */
    void restart(Pod pod) {
        Instant now = Instant.now();
        Duration wait = backOff.after(startedAt, now);
        lastState = state;
        previousLog = log;
        id = newId();
        restarts++;
        nextStart = now.plus(wait);
        String message = "back-off " + wait.toSeconds() + "s restarting failed container=" + container.getName()
                + " pod=" + pod.getMetadata().getName() + "_"
                + pod.getMetadata().getNamespace() + "("
                + pod.getMetadata().getUid() + ")";
        state = waiting("CrashLoopBackOff", message);
        if (!wait.isZero()) {
            event(pod, "Warning", "BackOff", "Back-off restarting failed container " + container.getName());
        }
    }

    private static String newId() {
        return "process://" + UUID.randomUUID().toString().replace("-", "");
    }

    private String terminationMessage() throws IOException {
        return "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy())
                ? LogReader.tail(log.file())
                : null;
    }

    /** Asks the process to end. */
    void terminate(Pod pod) {
        if (isRunning()) {
            event(pod, "Normal", "Killing", "Stopping container " + container.getName());
            process.signal("TERM");
        }
    }

    /** Ends the process at once. */
    void kill() {
        if (isRunning()) {
            process.signal("KILL");
        }
    }

    /** Ends the process and its supervisor without looking back. */
    void abandon() {
        if (process != null) {
            process.kill();
        }
    }

    ContainerStatus status() {
        return new ContainerStatusBuilder()
                .withName(container.getName())
                .withImage(container.getImage())
                .withImageID(process == null ? "" : container.getImage())
                .withContainerID(process == null ? null : id)
                .withReady(isRunning())
                .withStarted(isRunning())
                .withRestartCount(restarts)
                .withState(state)
                .withLastState(lastState)
                .build();
    }

    private void event(Pod pod, String type, String reason, String message) {
        events.record(pod, fieldPath, type, reason, message);
    }

    private static ContainerState waiting(String reason, String message) {
        return new ContainerStateBuilder().withNewWaiting(message, reason).build();
    }
}
