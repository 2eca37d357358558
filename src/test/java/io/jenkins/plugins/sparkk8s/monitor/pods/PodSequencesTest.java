package io.jenkins.plugins.sparkk8s.monitor.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watcher.Action;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.kubernetes.Labels;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorEvents;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorPodState;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorPods;
import io.jenkins.plugins.sparkk8s.monitor.executors.ExecutorSettings;
import io.jenkins.plugins.sparkk8s.monitor.output.EventLines;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of pod changes and of all that can go wrong with requests: every application's last view is the
 * cluster's, every executor's history is one that an executor can have, and no failure that was seen is lost.
 */
class PodSequencesTest {
    private static final int SEQUENCES = 10_000;
    private static final int STEPS = 40;
    private static final List<String> APPLICATIONS = List.of("a", "b");
    private static final Pattern LINE = Pattern.compile("\\[executor (\\d+)] (?:(\\w+) → )?(\\w+).*");
    private static final Map<String, Integer> RANKS = Map.of("Pending", 0, "Unknown", 0, "Running", 1);
    private static final ExecutorSettings SETTINGS = ExecutorSettings.of(SparkConf.empty());

    /** One run, of one seed. */
    private static final class Sequence {
        private final Random random;
        private final ManualThreads threads;
        private final UnreliableCluster cluster;
        private final NamespacePods pods;
        private final Map<String, Application> applications = new TreeMap<>();

        Sequence(long seed) {
            random = new Random(seed);
            threads = new ManualThreads(random);
            cluster = new UnreliableCluster(random, this::delivered);
            pods = new NamespacePods(cluster, threads, new Mailbox(threads, threads), MonitorTimings.ordinary());
        }

        private void delivered(Action action, Pod pod) {
            Application application =
                    applications.get(pod.getMetadata().getLabels().get(Labels.APPLICATION));
            if (application != null) {
                application.delivered(pod);
            }
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            threads.runTasks();
            cluster.becomeReliable();
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < STEPS * 2; j++) {
                    threads.runTasks();
                    cluster.deliver();
                    cluster.answer();
                }
                threads.settle();
            }
            cluster.answer();
            threads.runTasks();
            applications.forEach((id, application) -> application.check(cluster.active(id)));
        }

        private void step() {
            switch (random.nextInt(13)) {
                case 0 -> join(APPLICATIONS.get(random.nextInt(APPLICATIONS.size())));
                case 1 -> cluster.create(APPLICATIONS.get(random.nextInt(APPLICATIONS.size())));
                case 2, 3 -> cluster.change();
                case 4, 5 -> cluster.deliver();
                case 6 -> cluster.answer();
                case 7 -> threads.runTimer();
                case 8 -> {
                    if (random.nextInt(3) == 0) {
                        cluster.endWatch();
                    }
                }
                case 9 -> {
                    if (random.nextInt(5) == 0) {
                        cluster.forget();
                    }
                }
                case 10 -> {
                    if (random.nextInt(5) == 0) {
                        cluster.becomeUnreachable();
                    } else {
                        // What has come by the watch before is taken first.
                        threads.runTasks();
                        cluster.recover();
                    }
                }
                default -> threads.runTask();
            }
        }

        /** Or leave, and come again as new. */
        private void join(String id) {
            Application before = applications.remove(id);
            if (before != null) {
                before.subscription.close();
            }
            if (before == null || random.nextBoolean()) {
                applications.put(id, new Application(id, pods, threads));
            }
        }
    }

    /** One application, what it reported, and what it must have. */
    private static final class Application extends UnconcernedSubscriber {
        private final List<String> lines = new ArrayList<>();
        private final Set<Long> failuresSeen = new TreeSet<>();
        private final ExecutorPods executors;
        private final ExecutorEvents events;
        private final PodSubscription subscription;
        private long firstVersion;

        Application(String id, NamespacePods pods, ManualThreads threads) {
            MonitorContext context = new MonitorContext(
                    new MonitoredApplication("default", id, id, id + "-driver", null),
                    new Mailbox(threads, threads),
                    new EventLines(lines::add, SecretMask.none(), Clock.systemUTC()),
                    Clock.systemUTC(),
                    MonitorTimings.ordinary());
            events = new ExecutorEvents(context.lines(), context.clock(), ExecutorEvents.Reported.NOTHING, pod -> {});
            executors = new ExecutorPods(context, SETTINGS, events);
            PodSubscription.Access access = new PodSubscription.Access() {
                @Override
                public NamespacePods acquire() {
                    return pods;
                }

                @Override
                public void release() {
                    // The namespace lives as long as the sequence.
                }
            };
            subscription = new PodSubscription(
                    access, context, new PodSubscription.Polls(Duration.ofSeconds(30), false), this);
            subscription.start();
        }

        void delivered(Pod pod) {
            // What came before the first list, or is of a kept pod that is marked, ended before the monitoring began.
            boolean isActive = !pod.getMetadata().getLabels().containsKey(Labels.INACTIVE);
            boolean isNew = firstVersion > 0 && Long.parseLong(pod.getMetadata().getResourceVersion()) > firstVersion;
            if (isNew && isActive && pod.getStatus().getPhase().equals("Failed")) {
                failuresSeen.add(Long.valueOf(pod.getMetadata().getLabels().get(Labels.EXECUTOR_ID)));
            }
        }

        @Override
        public void listed(List<Pod> pods, String version) {
            firstVersion = firstVersion == 0 ? Long.parseLong(version) : firstVersion;
            executors.listed(pods, version);
            pods.forEach(this::delivered);
        }

        @Override
        public void changed(Pod pod) {
            executors.changed(pod);
        }

        @Override
        public void deleted(Pod pod) {
            executors.deleted(pod);
        }

        void check(Map<Long, String> active) {
            Map<Long, String> known = new TreeMap<>();
            for (Map.Entry<Long, ExecutorPodState> entry : executors.known().entrySet()) {
                known.put(entry.getKey(), entry.getValue().label());
            }
            assertThat(known).as("last view").isEqualTo(active);
            Map<Long, String> histories = histories();
            assertThat(histories.entrySet().stream()
                            .filter(entry -> entry.getValue().equals("Failed"))
                            .map(Map.Entry::getKey))
                    .as("failures reported")
                    .containsAll(failuresSeen);
            assertThat(events.counts().failed())
                    .as("failures counted")
                    .isEqualTo(
                            histories.values().stream().filter("Failed"::equals).count());
        }

        /** The last state of each executor, after a look at whether those before could lead to it. */
        private Map<Long, String> histories() {
            Map<Long, String> last = new HashMap<>();
            for (String line : lines) {
                Matcher match = LINE.matcher(line);
                if (match.matches()) {
                    long id = Long.parseLong(match.group(1));
                    String before = last.put(id, match.group(3));
                    assertThat(match.group(2)).as("state before: " + line).isEqualTo(before);
                    boolean isLateNews =
                            "Deleted".equals(before) && match.group(3).equals("Failed");
                    assertThat(isLateNews ? 3 : rank(match.group(3)))
                            .as("executor %d after %s: %s", id, before, line)
                            .isGreaterThan(before == null ? -1 : rank(before));
                }
            }
            return last;
        }

        private static int rank(String state) {
            return RANKS.getOrDefault(state, 2);
        }
    }

    @Test
    void endWithTheClustersViewALegalHistoryAndEveryFailure() {
        long first = Long.getLong("sequences.seed", System.nanoTime());
        for (long seed = first; seed < first + SEQUENCES; seed++) {
            try {
                new Sequence(seed).run();
            } catch (AssertionError | RuntimeException e) {
                fail("Run again with -Dsequences.seed=" + seed, e);
            }
        }
    }
}
