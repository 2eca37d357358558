package io.jenkins.plugins.sparkk8s.monitor.pods;

/** A listener that also receives how the requests for pods fare, by tasks of the application's mailbox. */
public interface PodSubscriber extends PodListener {
    /** The API server refused a request for pods; it is repeated. */
    void failed(RuntimeException cause);

    /** The API server did not answer: the request that failed first, then a probe. */
    void unreachable(RuntimeException cause);

    /** Requests succeed again. */
    void answered();

    /** The right to watch pods is missing; they are listed instead. Called once, until a watch opens. */
    void watchRefused(RuntimeException cause);
}
