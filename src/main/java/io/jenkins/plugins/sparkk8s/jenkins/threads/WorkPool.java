package io.jenkins.plugins.sparkk8s.jenkins.threads;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Threads for one kind of work that waits for answers. They are counted for each cluster, and for each agent and cluster, so
 * that one which does not answer holds up its own work only. Work beyond a limit waits its turn, in order for one agent and in
 * turns between the agents.
 */
public final class WorkPool {
    private static final Logger LOGGER = Logger.getLogger(WorkPool.class.getName());

    /** No name that a node can have. */
    private static final String NO_AGENT = "/";

    private final ExecutorService threads;
    private final int perCluster;
    private final int perAgent;

    /** Guarded by this; only those with work. */
    private final Map<String, ClusterWork> clusters = new HashMap<>();

    /**
     * @param threads as many as the limits ask for; shut down by the caller
     * @param perCluster threads for one cluster
     * @param perAgent threads of these for one agent
     */
    WorkPool(ExecutorService threads, int perCluster, int perAgent) {
        this.threads = threads;
        this.perCluster = perCluster;
        this.perAgent = perAgent;
    }

    /** Where the answers come from that a piece of work waits for. */
    public record Lane(WorkPool pool, String cluster, String agent) {
        /** @throws RejectedExecutionException when the controller is shutting down */
        public void execute(Runnable task) {
            pool.execute(this, task);
        }
    }

    /**
     * @param cluster name of the configured cluster; null for none
     * @param agent name of the node; empty for the built-in one, null for none
     */
    Lane lane(String cluster, String agent) {
        return new Lane(this, cluster == null ? "" : cluster, agent == null ? NO_AGENT : agent);
    }

    private void execute(Lane lane, Runnable task) {
        if (threads.isShutdown()) {
            throw new RejectedExecutionException("the controller is shutting down");
        }
        synchronized (this) {
            clusters.computeIfAbsent(lane.cluster(), name -> new ClusterWork()).add(lane.agent(), task);
        }
        beginNext(lane.cluster());
    }

    private void beginNext(String cluster) {
        Optional<Work> next = takeNext(cluster);
        while (next.isPresent()) {
            Work work = next.get();
            try {
                threads.execute(() -> run(cluster, work));
            } catch (RejectedExecutionException e) {
                LOGGER.log(Level.FINE, "The controller is shutting down.", e);
                done(cluster, work);
                return;
            }
            next = takeNext(cluster);
        }
    }

    private void run(String cluster, Work work) {
        try {
            work.task().run();
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, "A task of an application failed.", e);
        } finally {
            done(cluster, work);
            beginNext(cluster);
        }
    }

    private synchronized Optional<Work> takeNext(String cluster) {
        ClusterWork work = clusters.get(cluster);
        return work == null ? Optional.empty() : work.takeNext(perCluster, perAgent);
    }

    private synchronized void done(String cluster, Work work) {
        ClusterWork all = clusters.get(cluster);
        all.done(work.agent());
        if (all.agents.isEmpty()) {
            clusters.remove(cluster);
        }
    }

    /** Whether nothing runs or waits. */
    synchronized boolean isIdle() {
        return clusters.isEmpty();
    }

    private record Work(String agent, Runnable task) {}

    /** What runs and waits for one cluster. */
    private static final class ClusterWork {
        private final Map<String, AgentWork> agents = new LinkedHashMap<>();
        private int running;

        void add(String agent, Runnable task) {
            agents.computeIfAbsent(agent, name -> new AgentWork()).waiting.add(task);
        }

        Optional<Work> takeNext(int perCluster, int perAgent) {
            if (running >= perCluster) {
                return Optional.empty();
            }
            Optional<String> agent = agents.entrySet().stream()
                    .filter(entry -> entry.getValue().running < perAgent
                            && !entry.getValue().waiting.isEmpty())
                    .map(Map.Entry::getKey)
                    .findFirst();
            return agent.map(this::take);
        }

        private Work take(String agent) {
            AgentWork work = agents.remove(agent);
            // To the end, so that the other agents come before its next piece of work.
            agents.put(agent, work);
            running++;
            work.running++;
            return new Work(agent, work.waiting.remove());
        }

        void done(String agent) {
            AgentWork work = agents.get(agent);
            running--;
            work.running--;
            if (work.running == 0 && work.waiting.isEmpty()) {
                agents.remove(agent);
            }
        }
    }

    private static final class AgentWork {
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int running;
    }
}
