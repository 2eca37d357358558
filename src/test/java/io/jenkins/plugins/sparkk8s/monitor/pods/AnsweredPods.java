package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An API server whose next answers are given beforehand; without one, it answers at once. */
final class AnsweredPods extends EventlessPods {
    final Queue<Supplier<Watch>> watches = new ConcurrentLinkedQueue<>();
    final Queue<CompletableFuture<Listed>> lists = new ConcurrentLinkedQueue<>();
    final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
    final AtomicInteger attempts = new AtomicInteger();
    final AtomicInteger checks = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger listed = new AtomicInteger();
    final AtomicInteger outages = new AtomicInteger();
    volatile Watcher<Pod> current;

    @Override
    public CompletableFuture<Listed> list(Collection<String> applications, boolean fromCache) {
        listed.incrementAndGet();
        CompletableFuture<Listed> answer = lists.poll();
        return answer == null ? CompletableFuture.completedFuture(answer()) : answer;
    }

    static Listed answer() {
        return new Listed(List.of(), "1", Duration.ZERO);
    }

    @Override
    public Watch watch(String version, Watcher<Pod> watcher) {
        current = watcher;
        attempts.incrementAndGet();
        Supplier<Watch> answer = watches.poll();
        return answer == null ? opened() : answer.get();
    }

    Watch opened() {
        open.incrementAndGet();
        return open::decrementAndGet;
    }

    void outage() {
        outages.incrementAndGet();
        listeners.forEach(listener -> listener.unreachable(new UnansweredException("a request", null)));
        listeners.forEach(listener -> listener.reachable(true));
    }

    @Override
    public CompletableFuture<?> check() {
        checks.incrementAndGet();
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public boolean isReachable() {
        return true;
    }

    @Override
    public int outages() {
        return outages.get();
    }

    @Override
    public void failed(RuntimeException cause, int outagesBefore) {
        if (outagesBefore == outages.get()) {
            failures.add(cause);
        }
    }
}
