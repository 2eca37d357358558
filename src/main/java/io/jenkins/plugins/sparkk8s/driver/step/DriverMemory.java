package io.jenkins.plugins.sparkk8s.driver.step;

import io.jenkins.plugins.sparkk8s.application.MainResource;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;

/**
 * How much memory the driver's container gets ({@code BasicDriverFeatureStep.scala}).
 *
 * @param totalMebibytes heap and overhead
 * @param defaultFactor the overhead factor that executors use as well unless they have their own
 */
record DriverMemory(long totalMebibytes, double defaultFactor) {
    private static final double NON_JVM_FACTOR = 0.4;
    private static final long SMALLEST_OVERHEAD_BEFORE_4 = 384;

    static DriverMemory of(KubernetesDriverConf conf) {
        SparkConf properties = conf.conf();
        double defaultFactor = defaultFactor(conf);
        double factor =
                properties.find(CoreOptions.DRIVER_MEMORY_OVERHEAD_FACTOR).orElse(defaultFactor);
        long heap = properties.get(CoreOptions.DRIVER_MEMORY);
        long overhead = properties
                .find(CoreOptions.DRIVER_MEMORY_OVERHEAD)
                .orElseGet(() -> Math.max((long) (factor * heap), smallestOverhead(conf)));
        return new DriverMemory(heap + overhead, defaultFactor);
    }

    private static double defaultFactor(KubernetesDriverConf conf) {
        boolean jvm = conf.mainResource() instanceof MainResource.JavaJar
                || conf.mainResource() instanceof MainResource.SparkInternal;
        return jvm
                ? conf.conf().get(KubernetesOptions.MEMORY_OVERHEAD_FACTOR)
                : conf.conf().find(KubernetesOptions.MEMORY_OVERHEAD_FACTOR).orElse(NON_JVM_FACTOR);
    }

    private static long smallestOverhead(KubernetesDriverConf conf) {
        return conf.version().atLeast(4, 0)
                ? conf.conf().get(CoreOptions.DRIVER_MIN_MEMORY_OVERHEAD)
                : SMALLEST_OVERHEAD_BEFORE_4;
    }
}
