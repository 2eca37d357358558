package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.kubernetes.ResourceVersions;
import io.jenkins.plugins.sparkk8s.monitor.pods.ApiConnection.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The requests that are made about one namespace. */
final class NamespaceRequests implements PodSource {
    /** Of one object, whose controller or kubelet counts those that are alike. */
    private static final int MOST_EVENTS = 500;

    private final ApiConnection connection;
    private final String namespace;
    private final Executor parsing;
    private final PodHistory history;

    /** @param parsing reads the answers */
    NamespaceRequests(ApiConnection connection, String namespace, Executor parsing) {
        this.connection = connection;
        this.namespace = namespace;
        this.parsing = parsing;
        this.history = new PodHistory(connection, namespace, parsing);
    }

    @Override
    public CompletableFuture<Listed> list(Collection<String> applications, boolean fromCache) {
        return fromCache ? listFromCache(applications) : new PagedList(applications).read();
    }

    private String pods(Collection<String> applications) {
        return "/api/v1/namespaces/%s/pods?labelSelector=%s"
                .formatted(PodSelector.encode(namespace), PodSelector.of(applications));
    }

    /** The cache answers without pages: few applications at a time, or the pods of thousands would come in one piece. */
    private CompletableFuture<Listed> listFromCache(Collection<String> applications) {
        CompletableFuture<Listed> all = CompletableFuture.completedFuture(null);
        for (List<String> some : PodSelector.named(applications)) {
            all = all.thenCompose(before -> connection
                    .get(pods(some) + "&resourceVersion=0")
                    .thenApplyAsync(answer -> joined(before, read(answer)), parsing));
        }
        return all;
    }

    /** The older version counts for both. */
    private static Listed joined(Listed before, Listed next) {
        if (before == null) {
            return next;
        }
        List<Pod> pods = new ArrayList<>(before.pods());
        pods.addAll(next.pods());
        boolean isOlder = ResourceVersions.isNewer(before.version(), next.version());
        return new Listed(
                pods, isOlder ? next.version() : before.version(), before.took().plus(next.took()));
    }

    private static Listed read(Answer answer) {
        return read(new PodPage(answer.body()), answer.took());
    }

    private static Listed read(PodPage page, Duration answered) {
        long start = System.nanoTime();
        Listed read = page.read();
        return new Listed(read.pods(), read.version(), answered.plusNanos(System.nanoTime() - start));
    }

    /** One list, page by page; a page is read while the next one is on its way. */
    private final class PagedList {
        /** Pods in one answer. */
        private static final int PAGE = 1000;

        private final String path;
        private final Set<String> applications;

        // Pages are read one after the other.
        private final List<Pod> pods = new ArrayList<>();
        private String version;
        private Duration took = Duration.ZERO;

        PagedList(Collection<String> applications) {
            this.path = pods(applications) + "&limit=" + PAGE;
            this.applications = Set.copyOf(applications);
        }

        CompletableFuture<Listed> read() {
            return page("", CompletableFuture.completedFuture(null))
                    .thenApply(nothing -> new Listed(pods, version, took));
        }

        private CompletableFuture<Void> page(String from, CompletableFuture<Void> before) {
            return connection
                    .get(path + from)
                    .thenCombine(before, (answer, nothing) -> answer)
                    .thenCompose(answer -> {
                        PodPage page = new PodPage(answer.body());
                        CompletableFuture<Void> read = CompletableFuture.runAsync(
                                () -> add(NamespaceRequests.read(page, answer.took())), parsing);
                        String next = page.next();
                        return next == null ? read : page("&continue=" + PodSelector.encode(next), read);
                    });
        }

        /** All pages are of the version of the first one. */
        private void add(Listed page) {
            page.pods().stream()
                    .filter(pod -> applications.contains(PodSelector.application(pod)))
                    .forEach(pods::add);
            version = version == null ? page.version() : version;
            took = took.plus(page.took());
        }
    }

    @Override
    public CompletableFuture<List<PastVersion>> history(String pod, String since) {
        return history.of(pod, since);
    }

    @Override
    public CompletableFuture<List<Event>> events(String object) {
        return connection
                .get("/api/v1/namespaces/%s/events?fieldSelector=%s&limit=%d"
                        .formatted(
                                PodSelector.encode(namespace),
                                PodSelector.encode("involvedObject.name=" + object),
                                MOST_EVENTS))
                .thenApplyAsync(
                        answer -> connection
                                .requests()
                                .read(answer.body(), EventList.class)
                                .getItems(),
                        parsing);
    }

    @Override
    public Watch watch(String version, Watcher<Pod> watcher) {
        return connection
                .requests()
                .client()
                .pods()
                .inNamespace(namespace)
                .withLabel(Labels.APPLICATION)
                .watch(
                        new ListOptionsBuilder()
                                .withResourceVersion(version)
                                .withAllowWatchBookmarks(true)
                                .build(),
                        watcher);
    }

    @Override
    public CompletableFuture<?> check() {
        return connection.check();
    }

    @Override
    public boolean isReachable() {
        return connection.isReachable();
    }

    @Override
    public int outages() {
        return connection.outages();
    }

    @Override
    public void failed(RuntimeException cause, int outagesBefore) {
        connection.failed(cause, outagesBefore);
    }

    @Override
    public void add(ApiConnection.Listener listener) {
        connection.add(listener);
    }

    @Override
    public void remove(ApiConnection.Listener listener) {
        connection.remove(listener);
    }
}
