package io.jenkins.plugins.sparkk8s.driver.model;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SparkVersion;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec.Claim;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec.EmptyDir;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec.HostPath;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec.Nfs;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesVolumeSpec.Source;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The options of one volume, while they are read and checked; collects all errors of the volume. */
final class VolumeOptions {
    private static final long SMALLEST_SIZE = 1024;

    private final String root;
    private final String type;
    private final String name;
    private final Map<String, String> options;
    private final SparkVersion version;
    private final Problems problems = new Problems();

    /** @param typeAndName as they stand in the key, joined by a dot */
    VolumeOptions(String prefix, String typeAndName, Map<String, String> properties, SparkVersion version) {
        String own = typeAndName + ".";
        this.root = prefix + own;
        this.type = typeAndName.substring(0, typeAndName.indexOf('.'));
        this.name = typeAndName.substring(typeAndName.indexOf('.') + 1);
        this.options = tail(properties, own);
        this.version = version;
    }

    /** @throws ConfigurationException with every error of this volume */
    KubernetesVolumeSpec parse() {
        Source source = source();
        String mountPath = required("mount.path");
        String subPath = options.getOrDefault("mount.subPath", "");
        String subPathExpr = version.atLeast(4, 0) ? options.getOrDefault("mount.subPathExpr", "") : "";
        if (options.containsKey("mount.subPath") && options.containsKey("mount.subPathExpr") && version.atLeast(4, 0)) {
            problems.add("%smount.subPath and %smount.subPathExpr exclude each other. Leave one of them out."
                    .formatted(root, root));
        }
        boolean readOnly = readOnly();
        problems.throwIfAny();
        return new KubernetesVolumeSpec(name, mountPath, subPath, subPathExpr, readOnly, source);
    }

    private Source source() {
        return switch (type) {
            case "hostPath" ->
                new HostPath(
                        required("options.path"),
                        version.atLeast(4, 0) ? options.getOrDefault("options.type", "") : "");
            case "emptyDir" -> new EmptyDir(option("options.medium"), size());
            case "nfs" -> new Nfs(required("options.path"), required("options.server"));
            case "persistentVolumeClaim" -> claim();
            default ->
                throw new ConfigurationException(
                        "The keys under %s name the volume type '%s', which is not supported. Use hostPath, emptyDir, nfs or persistentVolumeClaim."
                                .formatted(root, type));
        };
    }

    private Claim claim() {
        boolean metadata = version.atLeast(4, 0);
        Claim claim = new Claim(
                required("options.claimName"),
                option("options.storageClass"),
                size(),
                metadata ? tail(options, "label.") : Map.of(),
                metadata ? tail(options, "annotation.") : Map.of());
        if (claim.claimName().contains(Claim.ON_DEMAND) && !claim.isCreated()) {
            problems.add(
                    "%soptions.claimName is %s, but %s is not set, so the claim would not be created. Set both %soptions.storageClass and %soptions.sizeLimit."
                            .formatted(root, claim.claimName(), missingForCreation(claim), root, root));
        }
        return claim;
    }

    private String missingForCreation(Claim claim) {
        return root + (claim.storageClass().isEmpty() ? "options.storageClass" : "options.sizeLimit");
    }

    private Optional<String> option(String property) {
        return Optional.ofNullable(options.get(property));
    }

    private String required(String property) {
        String value = options.get(property);
        if (value == null || value.isBlank()) {
            problems.add("%s%s is missing; a volume of type %s needs it. Set it.".formatted(root, property, type));
            return "";
        }
        return value;
    }

    private boolean readOnly() {
        String text = options.getOrDefault("mount.readOnly", "false").trim().toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            problems.add("The value '%s' of %smount.readOnly is not valid. It must be true or false."
                    .formatted(options.get("mount.readOnly"), root));
        }
        return text.equals("true");
    }

    private Optional<String> size() {
        Optional<String> size = option("options.sizeLimit");
        size.ifPresent(text -> problems.collect(() -> checkSize(text)));
        return size;
    }

    private void checkSize(String text) {
        String key = root + "options.sizeLimit";
        Quantities.parse(key, text);
        if (version.atLeast(4, 0)
                && text.matches("[0-9]+")
                && text.length() <= 4
                && Long.parseLong(text) < SMALLEST_SIZE) {
            throw new ConfigurationException(
                    "The value '%s' of %s is less than 1 KiB; a number without a unit is in bytes. Write for example %sGi."
                            .formatted(text, key, Math.max(1, Long.parseLong(text))));
        }
    }

    private static Map<String, String> tail(Map<String, String> properties, String prefix) {
        Map<String, String> rest = new TreeMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(prefix) && key.length() > prefix.length()) {
                rest.put(key.substring(prefix.length()), value);
            }
        });
        return rest;
    }
}
