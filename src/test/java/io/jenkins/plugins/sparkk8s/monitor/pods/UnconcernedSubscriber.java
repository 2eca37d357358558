package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** Receives pods and failures, and makes nothing of them. */
class UnconcernedSubscriber implements PodSubscriber {
    @Override
    public void listed(List<Pod> pods, String version) {
        // What an application makes of it is no part of what is checked, here and below.
    }

    @Override
    public void changed(Pod pod) {
        // As for listed.
    }

    @Override
    public void deleted(Pod pod) {
        // As for listed.
    }

    @Override
    public void failed(RuntimeException cause) {
        // As for listed.
    }

    @Override
    public void unreachable(RuntimeException cause) {
        // As for listed.
    }

    @Override
    public void answered() {
        // As for listed.
    }

    @Override
    public void watchRefused(RuntimeException cause) {
        // As for listed.
    }
}
