package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/**
 * Receives what happens to the pods of one application, by tasks of the application's mailbox. Changes may come late: a
 * version that is older than a known one is no news.
 */
public interface PodListener {
    /** All pods of the application at this version. */
    void listed(List<Pod> pods, String version);

    /** A pod was added or modified. */
    void changed(Pod pod);

    /** A pod is gone; it is as it was last. */
    void deleted(Pod pod);
}
