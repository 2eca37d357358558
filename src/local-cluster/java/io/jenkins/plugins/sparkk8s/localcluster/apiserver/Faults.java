package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What can go wrong between a client and an API server, on demand. A fault counts the requests that match it and ends
 * after its number of times; the first fault set is the first used.
 */
public final class Faults {

    private final Watchers watchers;
    private final Store store;
    private final List<Planned> planned = new ArrayList<>();
    private CompletableFuture<Void> cleared = new CompletableFuture<>();

    Faults(Watchers watchers, Store store) {
        this.watchers = watchers;
        this.store = store;
    }

    /** Ends all open watches as a server does whose time limit has passed. */
    public void dropWatches() {
        watchers.finishAll();
    }

    /** Cuts the connections of all open watches in the middle of an event. */
    public void cutWatches() {
        watchers.cutAll();
    }

    /** Drops the history: a watch from any version handed out so far gets 410, and so does the next page of a list. */
    public void forgetHistory() {
        store.forgetHistory();
    }

    /**
     * Answers the next matching requests with an error and does nothing.
     *
     * @param code the HTTP status; the Status body has the reason and wording Kubernetes has for it, 403 that of a missing
     *     permission
     */
    public void answer(int times, RequestMatch match, int code) {
        answer(times, match, code, FaultStatus.message(code), 0);
    }

    /**
     * Answers the next matching requests with an error and does nothing.
     *
     * @param retryAfterSeconds for the Retry-After header, 0 for none
     */
    public void answer(int times, RequestMatch match, int code, String message, int retryAfterSeconds) {
        plan(times, match, new Effect.Refuse(code, message, retryAfterSeconds));
    }

    /**
     * Answers the next matching requests with a body that is no Status, as a proxy or load balancer in front of an API
     * server does.
     *
     * @param contentType such as {@code text/html}
     */
    public void answerBody(int times, RequestMatch match, int code, String contentType, String body) {
        plan(times, match, new Effect.RawBody(code, contentType, body));
    }

    /** Does what the next matching requests ask for, and then answers with an error as if it had not been done. */
    public void answerAfterDoing(int times, RequestMatch match, int code) {
        plan(times, match, new Effect.RefuseAfterDoing(code, FaultStatus.message(code)));
    }

    /** Makes the next matching requests wait before they are looked at. */
    public void delay(int times, RequestMatch match, Duration delay) {
        plan(times, match, new Effect.Delay(delay));
    }

    /** Does what the next matching requests ask for, and cuts the connection in the middle of the answer's body. */
    public void cutBody(int times, RequestMatch match) {
        plan(times, match, new Effect.CutBody());
    }

    /** Never answers the next matching requests, until {@link #clear}; then their connections are cut. */
    public void stall(int times, RequestMatch match) {
        plan(times, match, new Effect.Stall());
    }

    /** Ends all faults, and all waiting they cause. */
    public synchronized void clear() {
        planned.clear();
        CompletableFuture<Void> waiting = cleared;
        cleared = new CompletableFuture<>();
        waiting.complete(null);
    }

    /** How many faults still wait for a request. */
    public synchronized int pending() {
        return planned.size();
    }

    private synchronized void plan(int times, RequestMatch match, Effect effect) {
        if (times < 1) {
            throw new IllegalArgumentException("a fault happens at least once, not " + times + " times");
        }
        planned.add(new Planned(match, effect, times));
    }

    /** The effects for a request: any delays, and at most one other. */
    synchronized List<Effect> take(String verb, String resource, String name) {
        List<Effect> effects = new ArrayList<>();
        for (Iterator<Planned> i = planned.iterator(); i.hasNext(); ) {
            Planned fault = i.next();
            if (!fault.match.fits(verb, resource, name)) {
                continue;
            }
            if (--fault.left == 0) {
                i.remove();
            }
            effects.add(fault.effect);
            if (!(fault.effect instanceof Effect.Delay)) {
                break;
            }
        }
        return effects;
    }

    /** Completed when the faults of now are cleared. */
    synchronized CompletableFuture<Void> cleared() {
        return cleared;
    }

    private static final class Planned {
        private final RequestMatch match;
        private final Effect effect;
        private int left;

        Planned(RequestMatch match, Effect effect, int times) {
            this.match = match;
            this.effect = effect;
            this.left = times;
        }
    }

    /** What a fault does to a request. */
    sealed interface Effect {

        record Refuse(int code, String message, int retryAfterSeconds) implements Effect {}

        record RawBody(int code, String contentType, String body) implements Effect {}

        record RefuseAfterDoing(int code, String message) implements Effect {}

        record Delay(Duration duration) implements Effect {}

        record CutBody() implements Effect {}

        record Stall() implements Effect {}
    }
}
