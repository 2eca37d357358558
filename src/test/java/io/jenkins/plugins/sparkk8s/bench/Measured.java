package io.jenkins.plugins.sparkk8s.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one process took.
 *
 * @param wall from start to end
 * @param cpu user and system time, up to the last sample before the end
 * @param peakKib the most memory it ever had resident, in KiB
 * @param threads the most threads seen
 */
record Measured(Duration wall, Duration cpu, long peakKib, int threads) {
    private static final long SAMPLE_MILLIS = 10;

    /** Runs a command to its end and samples it on the way; its output goes to the given file. */
    static Measured run(List<String> command, Path output) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Measured last = new Measured(Duration.ZERO, Duration.ZERO, 0, 0);
        while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
            last = last.and(sample(process));
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    command.get(0) + " ended with " + process.exitValue() + ":\n" + Files.readString(output));
        }
        return new Measured(Duration.ofNanos(System.nanoTime() - start), last.cpu, last.peakKib, last.threads);
    }

    /** What a running process takes now; zeros when it has just ended. */
    static Measured sample(Process process) {
        Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
        long peak = 0;
        int threads = 0;
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
                if (line.startsWith("VmHWM:")) {
                    peak = number(line);
                } else if (line.startsWith("Threads:")) {
                    threads = (int) number(line);
                }
            }
        } catch (IOException e) {
            return new Measured(Duration.ZERO, cpu, 0, 0);
        }
        return new Measured(Duration.ZERO, cpu, peak, threads);
    }

    private Measured and(Measured later) {
        return new Measured(
                wall,
                cpu.compareTo(later.cpu) > 0 ? cpu : later.cpu,
                Math.max(peakKib, later.peakKib),
                Math.max(threads, later.threads));
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
