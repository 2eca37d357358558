package io.jenkins.plugins.sparkk8s.conf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys that people write although no release of Spark reads them: of the fork that Spark's Kubernetes support came from, of
 * the operators' and Kubernetes' own words, and of keys that exist without {@code kubernetes} in them.
 */
final class ReplacedKeys {
    private static final String TEMPLATES =
            "the pod templates spark.kubernetes.driver.podTemplateFile and spark.kubernetes.executor.podTemplateFile";

    /** What to use instead, to end the sentence "use …". */
    private static final Map<String, String> REPLACEMENTS = Map.ofEntries(
            Map.entry("spark.kubernetes.driver.docker.image", "spark.kubernetes.driver.container.image"),
            Map.entry("spark.kubernetes.executor.docker.image", "spark.kubernetes.executor.container.image"),
            Map.entry("spark.kubernetes.docker.image", "spark.kubernetes.container.image"),
            Map.entry("spark.kubernetes.docker.image.pullPolicy", "spark.kubernetes.container.image.pullPolicy"),
            Map.entry("spark.kubernetes.image", "spark.kubernetes.container.image"),
            Map.entry("spark.kubernetes.driver.image", "spark.kubernetes.driver.container.image"),
            Map.entry("spark.kubernetes.executor.image", "spark.kubernetes.executor.container.image"),
            Map.entry("spark.kubernetes.image.pullPolicy", "spark.kubernetes.container.image.pullPolicy"),
            Map.entry("spark.kubernetes.imagePullPolicy", "spark.kubernetes.container.image.pullPolicy"),
            Map.entry("spark.kubernetes.image.pullSecrets", "spark.kubernetes.container.image.pullSecrets"),
            Map.entry("spark.kubernetes.imagePullSecrets", "spark.kubernetes.container.image.pullSecrets"),
            Map.entry("spark.kubernetes.driver.labels", "spark.kubernetes.driver.label.<name>"),
            Map.entry("spark.kubernetes.executor.labels", "spark.kubernetes.executor.label.<name>"),
            Map.entry("spark.kubernetes.driver.annotations", "spark.kubernetes.driver.annotation.<name>"),
            Map.entry("spark.kubernetes.executor.annotations", "spark.kubernetes.executor.annotation.<name>"),
            Map.entry("spark.kubernetes.nodeSelector", "spark.kubernetes.node.selector.<label>"),
            Map.entry("spark.kubernetes.driver.nodeSelector", "spark.kubernetes.driver.node.selector.<label>"),
            Map.entry("spark.kubernetes.executor.nodeSelector", "spark.kubernetes.executor.node.selector.<label>"),
            Map.entry(
                    "spark.kubernetes.driver.serviceAccountName",
                    "spark.kubernetes.authenticate.driver.serviceAccountName"),
            Map.entry(
                    "spark.kubernetes.driver.serviceAccount",
                    "spark.kubernetes.authenticate.driver.serviceAccountName"),
            Map.entry("spark.kubernetes.serviceAccountName", "spark.kubernetes.authenticate.driver.serviceAccountName"),
            Map.entry("spark.kubernetes.serviceAccount", "spark.kubernetes.authenticate.driver.serviceAccountName"),
            Map.entry(
                    "spark.kubernetes.authenticate.serviceAccountName",
                    "spark.kubernetes.authenticate.driver.serviceAccountName"),
            Map.entry(
                    "spark.kubernetes.executor.serviceAccountName",
                    "spark.kubernetes.authenticate.executor.serviceAccountName"),
            Map.entry(
                    "spark.kubernetes.executor.serviceAccount",
                    "spark.kubernetes.authenticate.executor.serviceAccountName"),
            Map.entry("spark.kubernetes.driver.request.memory", "spark.driver.memory"),
            Map.entry("spark.kubernetes.driver.limit.memory", "spark.driver.memoryOverhead"),
            Map.entry("spark.kubernetes.executor.request.memory", "spark.executor.memory"),
            Map.entry("spark.kubernetes.executor.limit.memory", "spark.executor.memoryOverhead"),
            Map.entry("spark.kubernetes.driver.request.cpu", "spark.kubernetes.driver.request.cores"),
            Map.entry("spark.kubernetes.driver.limit.cpu", "spark.kubernetes.driver.limit.cores"),
            Map.entry("spark.kubernetes.executor.request.cpu", "spark.kubernetes.executor.request.cores"),
            Map.entry("spark.kubernetes.executor.limit.cpu", "spark.kubernetes.executor.limit.cores"),
            Map.entry("spark.kubernetes.schedulerName", "spark.kubernetes.scheduler.name"),
            Map.entry("spark.kubernetes.driver.schedulerName", "spark.kubernetes.driver.scheduler.name"),
            Map.entry("spark.kubernetes.executor.schedulerName", "spark.kubernetes.executor.scheduler.name"),
            Map.entry("spark.kubernetes.driver.podName", "spark.kubernetes.driver.pod.name"),
            Map.entry("spark.kubernetes.upload.path", "spark.kubernetes.file.upload.path"),
            Map.entry("spark.kubernetes.podTemplateFile", TEMPLATES),
            Map.entry("spark.kubernetes.kerberos.tokensecret.name", "spark.kubernetes.kerberos.tokenSecret.name"),
            Map.entry("spark.kubernetes.kerberos.tokensecret.itemkey", "spark.kubernetes.kerberos.tokenSecret.itemKey"),
            Map.entry("spark.kubernetes.shuffle.namespace", "spark.dynamicAllocation.shuffleTracking.enabled"),
            Map.entry("spark.kubernetes.shuffle.labels", "spark.dynamicAllocation.shuffleTracking.enabled"));

    /** Families of such keys, by their start; {@code %s} stands for the rest. */
    private static final Map<String, String> PREFIXES = Map.ofEntries(
            Map.entry("spark.kubernetes.driver.resource.", "spark.driver.resource.%s"),
            Map.entry("spark.kubernetes.executor.resource.", "spark.executor.resource.%s"),
            Map.entry("spark.kubernetes.executorEnv.", "spark.executorEnv.%s"),
            Map.entry("spark.kubernetes.driver.env.", "spark.kubernetes.driverEnv.%s"),
            Map.entry("spark.kubernetes.executor.env.", "spark.executorEnv.%s"),
            Map.entry("spark.kubernetes.driver.nodeSelector.", "spark.kubernetes.driver.node.selector.%s"),
            Map.entry("spark.kubernetes.executor.nodeSelector.", "spark.kubernetes.executor.node.selector.%s"),
            Map.entry("spark.kubernetes.nodeSelector.", "spark.kubernetes.node.selector.%s"),
            Map.entry("spark.kubernetes.driver.labels.", "spark.kubernetes.driver.label.%s"),
            Map.entry("spark.kubernetes.executor.labels.", "spark.kubernetes.executor.label.%s"),
            Map.entry("spark.kubernetes.driver.annotations.", "spark.kubernetes.driver.annotation.%s"),
            Map.entry("spark.kubernetes.executor.annotations.", "spark.kubernetes.executor.annotation.%s"),
            Map.entry("spark.kubernetes.resourceStagingServer.", "spark.kubernetes.file.upload.path"),
            Map.entry("spark.kubernetes.mountDependencies.", "spark.kubernetes.file.upload.path"),
            Map.entry("spark.kubernetes.initcontainer.", "spark.kubernetes.file.upload.path"),
            Map.entry("spark.kubernetes.initContainer.", "spark.kubernetes.file.upload.path"));

    /** Fields of a pod that Spark has no keys for. */
    private static final Pattern POD_FIELD = Pattern.compile(
            "spark\\.kubernetes\\.((driver|executor)\\.)?(pod\\.)?(tolerations?|affinity|(pod)?[sS]ecurityContext|priorityClass(Name)?|runtimeClass(Name)?|hostNetwork|hostAliases|dnsPolicy|dnsConfig|initContainers?|sidecars?|lifecycle|livenessProbe|topologySpreadConstraints|nodeName|configMaps)\\b.*");

    /** {@code disk=ssd}: the name that the key lacks, and the value. */
    private static final Pattern NAMED_VALUE = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_./]{0,200})[=:](.*)");

    private ReplacedKeys() {}

    /** What to do about a key, to end the sentence "it has no effect: …"; empty when nothing is known of it. */
    static Optional<String> remedy(String key, String value) {
        return family(key, value)
                .or(() -> Optional.ofNullable(REPLACEMENTS.get(key)).map("use %s"::formatted))
                .or(() -> prefix(key).map("use %s"::formatted))
                .or(() -> withoutKubernetes(key).map("use %s"::formatted))
                .or(() -> POD_FIELD.matcher(key).matches() ? Optional.of("use " + TEMPLATES) : Optional.empty());
    }

    /** A key of a family that lacks the user's own name. */
    private static Optional<String> family(String key, String value) {
        List<String> families = KnownKeys.FAMILIES.stream()
                .filter(family -> family.equals(key + ".") || family.equals(key))
                .toList();
        return families.stream().findFirst().map(family -> {
            Matcher named = NAMED_VALUE.matcher(value);
            boolean volume = family.endsWith(".volumes.");
            return named.matches() && !volume
                    ? "write %s%s=%s".formatted(family, named.group(1), named.group(2))
                    : "write %s%s".formatted(family, volume ? "<type>.<name>.mount.path" : "<name>");
        });
    }

    private static Optional<String> withoutKubernetes(String key) {
        return Optional.of("spark." + key.substring(KnownKeys.PREFIX.length())).filter(KnownKeys.others()::contains);
    }

    private static Optional<String> prefix(String key) {
        return PREFIXES.entrySet().stream()
                .filter(entry -> key.startsWith(entry.getKey()))
                .findFirst()
                .map(entry ->
                        entry.getValue().formatted(key.substring(entry.getKey().length())));
    }
}
