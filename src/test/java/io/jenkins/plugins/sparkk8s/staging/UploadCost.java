package io.jenkins.plugins.sparkk8s.staging;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What an upload took.
 *
 * @param client seconds of a processor in this process
 * @param server the same in those that it has started
 */
record UploadCost(double seconds, double client, double server) {

    interface Work {
        void run() throws Exception;
    }

    @Override
    public String toString() {
        return "client %.2f s, server %.2f s".formatted(client, server);
    }

    UploadCost times(double factor) {
        return new UploadCost(factor * seconds, factor * client, factor * server);
    }

    static UploadCost of(Work work) throws Exception {
        double client = processorSeconds(Stream.of(ProcessHandle.current()));
        double server = processorSeconds(ProcessHandle.current().children());
        double seconds = seconds(work);
        return new UploadCost(
                seconds,
                processorSeconds(Stream.of(ProcessHandle.current())) - client,
                processorSeconds(ProcessHandle.current().children()) - server);
    }

    private static double processorSeconds(Stream<ProcessHandle> processes) {
        return processes
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToDouble(time -> time.toMillis() / 1e3)
                .sum();
    }

    /** The one that took neither the least nor the most time. */
    static <T> UploadCost middle(List<T> rounds, Function<T, UploadCost> side) {
        return rounds.stream()
                .map(side)
                .sorted(Comparator.comparingDouble(UploadCost::seconds))
                .toList()
                .get(rounds.size() / 2);
    }

    /** MiB that one processor digests in a second: nothing that is named after its content is faster. */
    static double digestSpeed() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[256 * 1024];
        Work work = () -> {
            for (int i = 0; i < 2048; i++) {
                digest.update(block);
            }
        };
        work.run();
        return 512 / seconds(work);
    }

    static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** The most that was reachable at a time beyond what was before, in bytes. */
    static long memory(Work work) throws Exception {
        long before = reachable();
        AtomicLong most = new AtomicLong(before);
        ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
        try {
            sampler.scheduleWithFixedDelay(
                    () -> most.accumulateAndGet(reachable(), Math::max), 50, 50, TimeUnit.MILLISECONDS);
            work.run();
        } finally {
            sampler.shutdown();
            sampler.awaitTermination(1, TimeUnit.MINUTES);
        }
        return most.get() - before;
    }

    private static long reachable() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .mapToLong(pool -> pool.getMemoryUsed())
                        .sum();
    }
}
