package io.jenkins.plugins.sparkk8s.bench.controller;

import java.util.Locale;

/**
 * A pod of the bench as the server keeps it, small since there are many.
 *
 * @param application index of its application
 * @param executorId as of {@code spark-exec-id}; 0 for the driver
 * @param isRunning else it is pending
 * @param node empty while it is pending
 * @param stamp when it was last changed, see {@link Stamps}; 0 when it never was
 * @param version its resource version
 */
record BenchPod(
        int application, long executorId, String name, boolean isRunning, String node, long stamp, long version) {
    static final String NAMESPACE = "spark";

    static BenchPod driver(int application) {
        return new BenchPod(application, 0, driverName(application), true, "node-1", 0, 1);
    }

    /** One that has been there since before the bench began. */
    static BenchPod executor(int application, long id) {
        return new BenchPod(application, id, executorName(application, id), true, "node-" + id, 0, 1);
    }

    /** A new executor; its name carries the stamp. */
    static BenchPod pending(int application, long id, long stamp, long version) {
        String name = executorName(application, id) + Stamps.text(stamp);
        return new BenchPod(application, id, name, false, "", stamp, version);
    }

    /** The same pod on a node; the node's name carries the stamp. */
    BenchPod running(long newStamp, long newVersion) {
        return new BenchPod(application, executorId, name, true, "node" + Stamps.text(newStamp), newStamp, newVersion);
    }

    BenchPod deleted(long newVersion) {
        return new BenchPod(application, executorId, name, isRunning, node, stamp, newVersion);
    }

    boolean isDriver() {
        return executorId == 0;
    }

    String role() {
        return isDriver() ? "driver" : "executor";
    }

    static String applicationId(int application) {
        return String.format(Locale.ROOT, "spark-%05d", application);
    }

    /** The opposite of {@link #applicationId}. */
    static int index(String applicationId) {
        return Integer.parseInt(applicationId, "spark-".length(), "spark-00000".length(), 10);
    }

    static String driverName(int application) {
        return applicationId(application) + "-driver";
    }

    private static String executorName(int application, long id) {
        return applicationId(application) + "-exec-" + id;
    }
}
