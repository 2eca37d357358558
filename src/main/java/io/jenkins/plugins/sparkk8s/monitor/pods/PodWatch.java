package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** Tells a listener of some pods, from {@link #start} to {@link #close}. Owns no thread. */
public interface PodWatch extends AutoCloseable {

    /**
     * Told of the pods; its methods are called one at a time, and must not block. News may come late: a version that is
     * older than one that was told of is no news.
     */
    interface Listener {
        /** Everything there is at this version. */
        void listed(List<Pod> pods, String version);

        /** A pod was added or modified. */
        void changed(Pod pod);

        /** A pod is gone, or no longer selected; the pod is as it was last. */
        void deleted(Pod pod);

        /** The watch closed or could not be opened; it will be opened again. */
        default void interrupted() {}
    }

    void start();

    /** Tries again now, if it waits for its next attempt: the API server is known to answer again. */
    void retryNow();

    @Override
    void close();
}
