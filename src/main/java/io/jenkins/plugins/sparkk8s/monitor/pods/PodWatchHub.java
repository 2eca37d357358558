package io.jenkins.plugins.sparkk8s.monitor.pods;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What all monitored applications of a process share: for each namespace one watch and its lists, for each API server the
 * gate of its requests, and the threads that write the applications' lines.
 *
 * <p>The watch of a namespace is opened with its first application and closed with its last. Thread-safe; its threads end
 * when they are idle, so that it needs no end of its own.
 */
public final class PodWatchHub {
    /** Each application writes with one of them at a time, and some outputs are slow. */
    private static final int WORKERS = 8;

    /** One opens watches, the other as well while an attempt from before an outage waits in vain. */
    private static final int WATCH_OPENERS = 2;

    private static final int IDLE_SECONDS = 20;

    private final ScheduledExecutorService scheduler;
    private final MonitorTimings timings;
    private final Executor workers;

    /** Clients are distinguished by what they are, not by what they are configured to. */
    private final Map<KubernetesClient, Server> servers = new HashMap<>();

    /** @param scheduler see {@code MonitorScheduler}; what the hub runs on it never waits */
    public PodWatchHub(ScheduledExecutorService scheduler) {
        this(scheduler, MonitorTimings.ordinary());
    }

    public PodWatchHub(ScheduledExecutorService scheduler, MonitorTimings timings) {
        this.scheduler = scheduler;
        this.timings = timings;
        this.workers = threads(WORKERS, "spark-application-lines");
    }

    private static Executor threads(int most, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new Daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** For one application; its tasks may wait for their output, and for nothing else. */
    public Mailbox mailbox() {
        return new Mailbox(workers, scheduler);
    }

    /**
     * The pods of one application; nothing is asked for before {@link PodSubscription#start}.
     *
     * @param client must stay open until the subscription is closed
     */
    public PodSubscription subscribe(
            KubernetesClient client, MonitorContext context, PodSubscription.Polls polls, PodSubscriber subscriber) {
        String namespace = context.application().namespace();
        PodSubscription.Access access = new PodSubscription.Access() {
            @Override
            public NamespacePods acquire() {
                return PodWatchHub.this.acquire(client, namespace);
            }

            @Override
            public void release() {
                PodWatchHub.this.release(client, namespace);
            }
        };
        return new PodSubscription(access, context, polls, subscriber);
    }

    private synchronized NamespacePods acquire(KubernetesClient client, String namespace) {
        return servers.computeIfAbsent(client, Server::new).acquire(namespace);
    }

    private synchronized void release(KubernetesClient client, String namespace) {
        servers.computeIfPresent(client, (key, server) -> server.release(namespace) ? null : server);
    }

    /** One API server and its namespaces with applications. */
    private final class Server {
        private final ApiConnection connection;
        private final Executor opening = threads(WATCH_OPENERS, "spark-application-watch");
        private final Map<String, Counted> namespaces = new HashMap<>();

        Server(KubernetesClient client) {
            connection = new ApiConnection(client, new Mailbox(scheduler, scheduler), timings);
        }

        NamespacePods acquire(String namespace) {
            Counted counted = namespaces.computeIfAbsent(namespace, this::open);
            counted.applications++;
            return counted.pods;
        }

        private Counted open(String namespace) {
            return new Counted(new NamespacePods(
                    new NamespaceRequests(connection, namespace, scheduler),
                    opening,
                    new Mailbox(scheduler, scheduler),
                    timings));
        }

        /** @return whether no namespace is left */
        boolean release(String namespace) {
            Counted counted = namespaces.get(namespace);
            counted.applications--;
            if (counted.applications == 0) {
                namespaces.remove(namespace);
                counted.pods.close();
            }
            if (namespaces.isEmpty()) {
                connection.close();
            }
            return namespaces.isEmpty();
        }
    }

    private static final class Counted {
        private final NamespacePods pods;
        private int applications;

        Counted(NamespacePods pods) {
            this.pods = pods;
        }
    }

    /** Threads that neither keep the process alive nor hold the class loader of the code that happens to start them. */
    private static final class Daemons implements ThreadFactory {
        private final String name;
        private final AtomicInteger made = new AtomicInteger();

        Daemons(String name) {
            this.name = name;
        }

        @Override
        public Thread newThread(Runnable task) {
            Thread thread = new Thread(task, name + "-" + made.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(PodWatchHub.class.getClassLoader());
            return thread;
        }
    }
}
