package io.jenkins.plugins.sparkk8s.monitor.executors;

import io.jenkins.plugins.sparkk8s.conf.DriverSideOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;

/** Who creates the pods of executors ({@code spark.kubernetes.allocation.pods.allocator}). */
public enum PodsAllocator {
    /** The driver, or a class that is not Spark's. */
    DRIVER(null),
    STATEFUL_SET("spark-s-"),
    DEPLOYMENT("spark-d-");

    private final String prefix;

    PodsAllocator(String prefix) {
        this.prefix = prefix;
    }

    static PodsAllocator of(SparkConf conf) {
        return switch (conf.get(DriverSideOptions.ALLOCATION_PODS_ALLOCATOR)) {
            case "statefulset" -> STATEFUL_SET;
            case "deployment" -> DEPLOYMENT;
            default -> DRIVER;
        };
    }

    /** Whether a controller of the cluster creates them for an object of the driver. */
    boolean isSet() {
        return prefix != null;
    }

    /** The name of that object for the executors of a resource profile ({@code StatefulSetPodsAllocator.setName}). */
    String object(String applicationId, int profile) {
        return prefix + applicationId + "-" + profile;
    }
}
