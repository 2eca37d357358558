package io.jenkins.plugins.sparkk8s.jenkins.queue;

import io.jenkins.plugins.sparkk8s.jenkins.record.QueuePlace;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** One pass through a queue, from its head: who may run, and who waits for what. Not thread-safe. */
final class QueueRound {
    private final QueueLimits limits;
    private final Map<String, Integer> ofClusters = new HashMap<>();
    private final Map<QueuedUse, Integer> ofJobs = new HashMap<>();
    private final Map<String, Integer> waitingOfClusters = new HashMap<>();
    private final Map<QueuedUse, Integer> waitingOfJobs = new HashMap<>();

    // Those that wait for the same have the same text: a change does not write a thousand of them. What they
    // count does not change in the round, since a limit is reached by then.
    private final Map<String, String> clusterReasons = new HashMap<>();
    private final Map<QueuedUse, String> jobReasons = new HashMap<>();

    QueueRound(QueueLimits limits, Collection<QueuedUse> running) {
        this.limits = limits;
        running.forEach(this::count);
    }

    private void count(QueuedUse use) {
        ofClusters.merge(use.cluster(), 1, Integer::sum);
        ofJobs.merge(use, 1, Integer::sum);
    }

    /** Whether it may run, and counts from now on; else it gets its place. */
    boolean mayRun(QueueTicket ticket) {
        QueuedUse use = ticket.use();
        if (running(use) < limits.ofCluster(use) && runningOfJob(use) < limits.ofJob(use)) {
            count(use);
            return true;
        }
        queue(ticket);
        return false;
    }

    /** Its build is not there yet. It counts if it has been asked whether it may run. */
    void skip(QueueTicket ticket) {
        wait(ticket, waitingOfClusters.merge(ticket.use().cluster(), 1, Integer::sum), "its build has not resumed yet");
    }

    private void queue(QueueTicket ticket) {
        QueuedUse use = ticket.use();
        int inCluster = waitingOfClusters.merge(use.cluster(), 1, Integer::sum);
        int inJob = waitingOfJobs.merge(use, 1, Integer::sum);
        if (runningOfJob(use) >= limits.ofJob(use)) {
            wait(ticket, inJob, jobReasons.computeIfAbsent(use, this::ofJob));
        } else {
            wait(ticket, inCluster, clusterReasons.computeIfAbsent(use.cluster(), cluster -> ofCluster(use)));
        }
    }

    private String ofJob(QueuedUse use) {
        return "%d of at most %d applications of the job %s run on the Spark cluster %s (maxApplicationsPerJob)"
                .formatted(runningOfJob(use), limits.ofJob(use), use.job(), use.cluster());
    }

    private String ofCluster(QueuedUse use) {
        if (limits.ofCluster(use) == 0) {
            return "the Spark cluster %s takes no applications now (maxApplications is 0)".formatted(use.cluster());
        }
        return "%d of at most %d applications run on the Spark cluster %s (maxApplications)"
                .formatted(running(use), limits.ofCluster(use), use.cluster());
    }

    private static void wait(QueueTicket ticket, int position, String reason) {
        ticket.place(new QueuePlace(position, reason));
    }

    private int running(QueuedUse use) {
        return ofClusters.getOrDefault(use.cluster(), 0);
    }

    private int runningOfJob(QueuedUse use) {
        return ofJobs.getOrDefault(use, 0);
    }
}
