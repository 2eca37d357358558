package io.jenkins.plugins.sparkk8s.bench.controller;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What this process has taken and the server was asked, up to now; two of them give a rate.
 *
 * @param nanos when
 * @param cpuNanos of all threads
 * @param compilerMillis for which the just-in-time compiler's threads have worked
 * @param requests as {@link ServerProcess#requests}
 */
record Usage(long nanos, long cpuNanos, long compilerMillis, long[] requests) {
    private static final int COLLECTIONS = 5;
    private static final double KB = 1024;

    static Usage now(ServerProcess server) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Usage(
                System.nanoTime(),
                system.getProcessCpuTime(),
                ManagementFactory.getCompilationMXBean().getTotalCompilationTime(),
                server.requests());
    }

    /** In percent of one core. */
    double cpuSince(Usage before) {
        return 100.0 * (cpuNanos - before.cpuNanos) / (nanos - before.nanos);
    }

    /** In percent of one core, and a part of {@link #cpuSince}, when the compiler's threads had a core when they wanted one. */
    double compilerSince(Usage before) {
        return 100.0 * TimeUnit.MILLISECONDS.toNanos(compilerMillis - before.compilerMillis) / (nanos - before.nanos);
    }

    double perSecondSince(Usage before, RequestKind kind) {
        return perSecond(before, kind.ordinal());
    }

    double allPerSecondSince(Usage before) {
        return IntStream.range(0, RequestKind.values().length)
                .mapToDouble(kind -> perSecond(before, kind))
                .sum();
    }

    double kilobytesPerSecondSince(Usage before) {
        return perSecond(before, RequestKind.values().length) / KB;
    }

    private double perSecond(Usage before, int which) {
        return (requests[which] - before.requests[which])
                * (double) TimeUnit.SECONDS.toNanos(1)
                / (nanos - before.nanos);
    }

    double secondsSince(Usage before) {
        return (nanos - before.nanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** Open sockets of this process, the watch's included. */
    static long connections() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Usage::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** What is used of the heap after a collection: the least of several, since a list may be under way. */
    static double heapKilobytes() throws InterruptedException {
        double least = Double.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            TimeUnit.SECONDS.sleep(2);
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / KB);
        }
        return least;
    }
}
