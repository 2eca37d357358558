package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The pods of one namespace on an API server. Thread-safe; no method but {@link #watch} waits for an answer. */
interface PodSource {

    /**
     * Pods at one version.
     *
     * @param took how long the API server and the reading of its answers took; waiting does not count
     */
    record Listed(List<Pod> pods, String version, Duration took) {}

    /**
     * Lists the active pods of some applications.
     *
     * @param fromCache whether the API server may answer from its cache, which then may be older than what is known
     */
    CompletableFuture<Listed> list(Collection<String> applications, boolean fromCache);

    /** What happened to one pod since a version, as far as the API server still knows: its versions, the oldest first. */
    CompletableFuture<List<PastVersion>> history(String pod, String since);

    /** The events about one object: a pod, or what makes pods. */
    CompletableFuture<List<Event>> events(String object);

    /**
     * Opens a watch of the pods of all applications for what happens after a version; waits for the answer.
     *
     * @throws RuntimeException when the API server cannot be reached or refuses
     */
    Watch watch(String version, Watcher<Pod> watcher);

    /** Asks the API server for a small answer, a refusal included; fails with an {@link UnansweredException}. */
    CompletableFuture<?> check();

    /** Whether the API server answers, as far as is known. */
    boolean isReachable();

    /** How many times the API server has stopped answering. */
    int outages();

    /**
     * A watch could not be opened because there was no answer.
     *
     * @param outagesBefore {@link #outages} when the attempt began; a failure of one from before an outage is ignored
     */
    void failed(RuntimeException cause, int outagesBefore);

    /** From now on the listener is notified when the API server stops answering, and when it answers again. */
    void add(ApiConnection.Listener listener);

    void remove(ApiConnection.Listener listener);
}
