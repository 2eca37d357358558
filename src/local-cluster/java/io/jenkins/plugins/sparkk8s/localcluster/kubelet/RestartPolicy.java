package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Locale;

/** When the containers of a pod are started again after their end. */
enum RestartPolicy {
    ALWAYS,
    ONFAILURE,
    NEVER;

    static RestartPolicy of(PodSpec spec) {
        return spec.getRestartPolicy() == null
                ? ALWAYS
                : valueOf(spec.getRestartPolicy().toUpperCase(Locale.ROOT));
    }

    /** The policy of the pod's init containers, which end for good once they have succeeded. */
    RestartPolicy forInit() {
        return this == ALWAYS ? ONFAILURE : this;
    }

    /** Whether a container that has ended is started again. */
    boolean restarts(boolean succeeded) {
        return this == ALWAYS || this == ONFAILURE && !succeeded;
    }
}
