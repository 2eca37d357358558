package io.jenkins.plugins.sparkk8s.preflight;

import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.driver.step.FeatureSteps;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the submitter must be allowed to do: the calls of {@code DriverSubmitter}, and those of waiting. */
final class SubmitterPermissions {
    private static final String RECOVERY = "to remove or complete what a failed submission leaves";

    private final DriverSpec spec;
    private final SparkConf conf;

    private SubmitterPermissions(DriverSpec spec) {
        this.spec = spec;
        this.conf = spec.properties();
    }

    static List<RequiredPermission> of(DriverSpec spec) {
        SubmitterPermissions permissions = new SubmitterPermissions(spec);
        List<RequiredPermission> all = new ArrayList<>();
        RequiredPermission.vital("pods", "to create the driver pod", "get", "create")
                .forEach(all::add);
        RequiredPermission.useful("pods", RECOVERY, "delete").forEach(all::add);
        permissions
                .groupsByResource()
                .forEach((resource, group) -> Stream.concat(
                                RequiredPermission.vital(resource, permissions.purpose(resource), "create", "patch"),
                                RequiredPermission.useful(resource, RECOVERY, "get", "delete"))
                        .map(permission -> permission.inGroup(group))
                        .forEach(all::add));
        permissions.ofWaiting().forEach(all::add);
        return all;
    }

    /** What is created beside the pod, with its API group. */
    private SortedMap<String, String> groupsByResource() {
        SortedMap<String, String> groups = new TreeMap<>();
        spec.dependants().stream()
                .map(ObjectReference::to)
                .forEach(object -> groups.put(object.resource(), object.group()));
        return groups;
    }

    private String purpose(String resource) {
        return switch (resource) {
            case "services" -> "to create the driver's Service";
            case "configmaps" -> "to create the ConfigMap with the driver's configuration";
            case "secrets" -> "to create the Secrets that " + keysOfSecrets() + " ask for";
            case "persistentvolumeclaims" -> "to create the claims that " + keysOfClaims() + " ask for";
            case "networkpolicies" ->
                "to create the NetworkPolicy that protects the executors since Spark 4.2 (%s=%s leaves it out)"
                        .formatted(
                                KubernetesOptions.DRIVER_POD_EXCLUDED_FEATURE_STEPS.key(), FeatureSteps.NETWORK_POLICY);
            case "podgroups" ->
                "to create the PodGroup that %s asks for".formatted(KubernetesOptions.DRIVER_POD_FEATURE_STEPS.key());
            default -> "to create what belongs to the driver";
        };
    }

    private String keysOfSecrets() {
        Stream<String> credentials = Stream.of("caCertFile", "clientKeyFile", "clientCertFile", "oauthToken")
                .map(suffix -> Constants.DRIVER_AUTH_PREFIX + suffix);
        return Stream.concat(credentials, Stream.of(CoreOptions.KEYTAB.key()))
                .filter(conf::contains)
                .collect(Collectors.joining(" and "));
    }

    private String keysOfClaims() {
        return new ConfiguredReferences(conf)
                .storageClasses(Constants.DRIVER_VOLUMES_PREFIX).stream()
                        .map(Reference::key)
                        .collect(Collectors.joining(" and "));
    }

    private Stream<RequiredPermission> ofWaiting() {
        if (!conf.get(KubernetesOptions.SUBMISSION_WAIT_APP_COMPLETION)) {
            return Stream.empty();
        }
        Stream<RequiredPermission> watching = RequiredPermission.vital(
                "pods",
                "to wait for the application (%s)".formatted(KubernetesOptions.SUBMISSION_WAIT_APP_COMPLETION.key()),
                "list",
                "watch");
        Optional<DriverLogMode> shown = DriverLogMode.find(conf.get(KubernetesOptions.SUBMIT_FOLLOW_DRIVER_LOG));
        // Those of executors that fail are read in any case.
        String logs = shown.equals(Optional.of(DriverLogMode.NONE))
                ? "to show the logs of failed executors"
                : "to show the logs of the driver and of failed executors (%s)"
                        .formatted(KubernetesOptions.SUBMIT_FOLLOW_DRIVER_LOG.key());
        Stream<RequiredPermission> log = RequiredPermission.useful("pods/log", logs, "get");
        Stream<RequiredPermission> progress =
                conf.get(KubernetesOptions.SUBMIT_PROGRESS) && conf.get(CoreOptions.UI_ENABLED)
                        ? RequiredPermission.useful(
                                "pods/proxy",
                                "to show the progress of jobs and stages (%s)"
                                        .formatted(KubernetesOptions.SUBMIT_PROGRESS.key()),
                                "get")
                        : Stream.empty();
        Stream<RequiredPermission> events =
                RequiredPermission.useful("events", "to report why a driver does not start", "list");
        return Stream.of(watching, log, progress, events).flatMap(permissions -> permissions);
    }
}
