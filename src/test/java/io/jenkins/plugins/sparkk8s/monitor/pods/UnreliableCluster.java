package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.fabric8.kubernetes.client.WatcherException;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Executor pods of some applications, and an API server that drops, doubles, delays, reorders and forgets on demand. */
final class UnreliableCluster extends EventlessPods {
    private final Random random;
    private final Map<String, Pod> pods = new TreeMap<>();
    private final List<Change> history = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private final BiConsumer<Action, Pod> delivered;
    private long version = 1;
    private long oldest = 1;
    private long ids;
    private OpenWatch watch;
    private boolean reliable;
    private boolean reachable = true;
    private int outages;

    private record Change(long version, Action action, Pod pod) {}

    private record Answer(Runnable give, Runnable fail) {}

    /** @param delivered receives each change that is handed to a watch */
    UnreliableCluster(Random random, BiConsumer<Action, Pod> delivered) {
        this.random = random;
        this.delivered = delivered;
    }

    private final class OpenWatch implements Watch {
        private final Watcher<Pod> watcher;
        private int next;

        OpenWatch(Watcher<Pod> watcher, long after) {
            this.watcher = watcher;
            while (next < history.size() && history.get(next).version() <= after) {
                next++;
            }
        }

        @Override
        public void close() {
            if (watch == this) {
                watch = null;
            }
        }
    }

    // What happens to pods.

    void create(String application) {
        Pod pod = new Pod();
        ObjectMeta metadata = new ObjectMeta();
        long id = ++ids;
        metadata.setName(application + "-exec-" + id);
        metadata.setUid("uid-" + id);
        metadata.setLabels(new HashMap<>(Map.of(
                Labels.APPLICATION, application, Labels.ROLE, "executor", Labels.EXECUTOR_ID, String.valueOf(id))));
        pod.setMetadata(metadata);
        record(Action.ADDED, withPhase(pod, "Pending"));
    }

    /** One pod makes a step that a pod can make. */
    void change() {
        if (pods.isEmpty()) {
            return;
        }
        Pod pod = List.copyOf(pods.values()).get(random.nextInt(pods.size()));
        String phase = pod.getStatus().getPhase();
        boolean ended = phase.equals("Failed") || phase.equals("Succeeded");
        switch (random.nextInt(4)) {
            case 0 -> record(Action.MODIFIED, copy(pod));
            case 1 -> {
                if (ended) {
                    Pod marked = copy(pod);
                    marked.getMetadata().getLabels().put(Labels.INACTIVE, "true");
                    record(Action.MODIFIED, marked);
                }
            }
            case 2 -> record(Action.DELETED, copy(pod));
            default -> {
                if (!ended) {
                    boolean runs = phase.equals("Pending") && random.nextBoolean();
                    record(
                            Action.MODIFIED,
                            withPhase(copy(pod), runs ? "Running" : random.nextBoolean() ? "Failed" : "Succeeded"));
                }
            }
        }
    }

    private void record(Action action, Pod pod) {
        version++;
        pod.getMetadata().setResourceVersion(String.valueOf(version));
        history.add(new Change(version, action, pod));
        if (action == Action.DELETED) {
            pods.remove(pod.getMetadata().getName());
        } else {
            pods.put(pod.getMetadata().getName(), pod);
        }
    }

    private static Pod withPhase(Pod pod, String phase) {
        PodStatus status = new PodStatus();
        status.setPhase(phase);
        pod.setStatus(status);
        return pod;
    }

    private static Pod copy(Pod pod) {
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName(pod.getMetadata().getName());
        metadata.setUid(pod.getMetadata().getUid());
        metadata.setResourceVersion(pod.getMetadata().getResourceVersion());
        metadata.setLabels(new HashMap<>(pod.getMetadata().getLabels()));
        Pod copy = new Pod();
        copy.setMetadata(metadata);
        copy.setStatus(pod.getStatus());
        return copy;
    }

    /** Phases of the active executors of an application, by id. */
    Map<Long, String> active(String application) {
        Map<Long, String> active = new TreeMap<>();
        for (Pod pod : pods.values()) {
            Map<String, String> labels = pod.getMetadata().getLabels();
            if (application.equals(labels.get(Labels.APPLICATION)) && !labels.containsKey(Labels.INACTIVE)) {
                active.put(
                        Long.valueOf(labels.get(Labels.EXECUTOR_ID)),
                        pod.getStatus().getPhase());
            }
        }
        return active;
    }

    // What happens to requests.

    /** Hands one change to the watch, rightly or not. */
    void deliver() {
        if (watch == null) {
            return;
        }
        int fault = reliable ? 9 : random.nextInt(10);
        if (fault == 0 && watch.next > 0) {
            send(history.get(random.nextInt(watch.next)));
        } else if (fault == 1) {
            bookmark();
        } else if (fault == 2 && watch.next < history.size()) {
            watch.next++;
        } else if (fault == 3 && watch.next + 1 < history.size()) {
            OpenWatch current = watch;
            current.next += 2;
            send(history.get(current.next - 1));
            send(history.get(current.next - 2));
        } else if (watch.next < history.size()) {
            send(history.get(watch.next++));
        }
    }

    private void send(Change change) {
        delivered.accept(change.action(), change.pod());
        watch.watcher.eventReceived(change.action(), copy(change.pod()));
    }

    private void bookmark() {
        Pod bookmark = new Pod();
        ObjectMeta metadata = new ObjectMeta();
        metadata.setResourceVersion(String.valueOf(
                watch.next == 0 ? oldest : history.get(watch.next - 1).version()));
        bookmark.setMetadata(metadata);
        watch.watcher.eventReceived(Action.BOOKMARK, bookmark);
    }

    void endWatch() {
        if (watch != null) {
            Watcher<Pod> ended = watch.watcher;
            watch = null;
            ended.onClose(random.nextBoolean() ? null : new WatcherException("Exhausted reconnects"));
        }
    }

    /** The watch is notified that its version is gone. */
    void forget() {
        oldest = version;
        if (watch != null) {
            Watcher<Pod> gone = watch.watcher;
            gone.eventReceived(Action.ERROR, null);
            endWatch();
        }
    }

    void answer() {
        if (reachable && !answers.isEmpty()) {
            answers.remove(random.nextInt(answers.size())).give().run();
        }
    }

    /** No request is answered until {@link #recover}; an open watch may survive it. */
    void becomeUnreachable() {
        if (reachable) {
            reachable = false;
            outages++;
            listeners.forEach(listener -> listener.unreachable(unanswered()));
            while (!answers.isEmpty() && random.nextBoolean()) {
                answers.remove(0).fail().run();
            }
        }
    }

    void recover() {
        if (!reachable) {
            reachable = true;
            boolean afterOutage = random.nextInt(4) > 0;
            listeners.forEach(listener -> listener.reachable(afterOutage));
        }
    }

    private static UnansweredException unanswered() {
        return new UnansweredException("a request", null);
    }

    /** From now on all goes well. */
    void becomeReliable() {
        reliable = true;
        recover();
    }

    @Override
    public CompletableFuture<Listed> list(Collection<String> applications, boolean fromCache) {
        CompletableFuture<Listed> answer = new CompletableFuture<>();
        boolean fails = !reliable && random.nextInt(5) == 0;
        Listed now = listed(applications);
        boolean late = random.nextBoolean();
        Runnable give = () -> {
            if (fails) {
                answer.completeExceptionally(refusal(500));
            } else {
                answer.complete(late ? listed(applications) : now);
            }
        };
        answers.add(new Answer(give, () -> answer.completeExceptionally(unanswered())));
        return answer;
    }

    private Listed listed(Collection<String> applications) {
        List<Pod> listed = new ArrayList<>();
        for (Pod pod : pods.values()) {
            Map<String, String> labels = pod.getMetadata().getLabels();
            if (applications.contains(labels.get(Labels.APPLICATION)) && !labels.containsKey(Labels.INACTIVE)) {
                listed.add(copy(pod));
            }
        }
        return new Listed(listed, String.valueOf(version), Duration.ZERO);
    }

    private static KubernetesClientException refusal(int code) {
        return new KubernetesClientException(
                new StatusBuilder().withCode(code).withMessage("refused").build());
    }

    @Override
    public Watch watch(String from, Watcher<Pod> watcher) {
        if (!reachable) {
            throw unanswered();
        }
        if (Long.parseLong(from) < oldest) {
            throw refusal(410);
        }
        if (!reliable && random.nextInt(4) == 0) {
            throw refusal(500);
        }
        watch = new OpenWatch(watcher, Long.parseLong(from));
        return watch;
    }

    @Override
    public CompletableFuture<?> check() {
        if (!reachable) {
            return CompletableFuture.failedFuture(unanswered());
        }
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        answers.add(new Answer(() -> answer.complete(true), () -> answer.completeExceptionally(unanswered())));
        return answer;
    }

    @Override
    public boolean isReachable() {
        return reachable;
    }

    @Override
    public int outages() {
        return outages;
    }

    @Override
    public void failed(RuntimeException cause, int outagesBefore) {
        if (outagesBefore == outages) {
            becomeUnreachable();
        }
    }
}
