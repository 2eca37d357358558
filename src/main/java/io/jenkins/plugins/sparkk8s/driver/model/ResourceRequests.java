package io.jenkins.plugins.sparkk8s.driver.model;

import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Custom resources such as GPUs: {@code spark.{driver|executor}.resource.<name>.{amount,vendor}}
 * ({@code ResourceUtils.scala} and {@code KubernetesUtils.buildResourcesQuantities}).
 */
public final class ResourceRequests {
    private ResourceRequests() {}

    /**
     * The limits of a container, by {@code vendor/name}; an amount of 0 asks for nothing.
     *
     * @throws ConfigurationException with one sentence for each resource that lacks an amount or a vendor
     */
    public static Map<String, Quantity> limits(SparkConf conf, String prefix) {
        Map<String, String> properties = conf.withPrefix(prefix);
        Map<String, Quantity> limits = new TreeMap<>();
        Problems problems = new Problems();
        for (String name : names(properties)) {
            problems.collect(() -> {
                int amount = amount(properties, prefix, name);
                if (amount > 0) {
                    limits.put(vendor(properties, prefix, name) + "/" + name, new Quantity(Integer.toString(amount)));
                }
            });
        }
        problems.throwIfAny();
        return limits;
    }

    private static Set<String> names(Map<String, String> properties) {
        Set<String> names = new TreeSet<>();
        properties.keySet().stream()
                .filter(key -> key.indexOf('.') > 0)
                .map(key -> key.substring(0, key.indexOf('.')))
                .forEach(names::add);
        return names;
    }

    private static int amount(Map<String, String> properties, String prefix, String name) {
        String key = prefix + name + ".amount";
        String text = properties.get(name + ".amount");
        if (text == null) {
            throw new ConfigurationException(
                    "%s is missing, although other keys under %s%s. describe the resource. Set how many are needed."
                            .formatted(key, prefix, name));
        }
        if (!text.matches("[0-9]{1,9}")) {
            throw new ConfigurationException(
                    "The value '%s' of %s is not valid. It must be a whole number, without blanks."
                            .formatted(text, key));
        }
        return Integer.parseInt(text);
    }

    private static String vendor(Map<String, String> properties, String prefix, String name) {
        String vendor = properties.getOrDefault(name + ".vendor", "").trim();
        if (vendor.isEmpty()) {
            throw new ConfigurationException(
                    "%s%s.amount asks for the resource %s, but its vendor is not known. Set %s%s.vendor, for example to nvidia.com."
                            .formatted(prefix, name, name, prefix, name));
        }
        return vendor;
    }
}
