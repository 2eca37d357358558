package io.jenkins.plugins.sparkk8s.monitor.driver;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult.Cause;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why a pod does not run yet. Spark's own model knows only "Pending"; the reason is in the waiting state of a container
 * or in the pod's {@code PodScheduled} condition.
 *
 * @param reason Kubernetes' word, such as {@code ImagePullBackOff} or {@code Unschedulable}
 * @param message text to it; null when there is none
 */
public record PendingReason(String reason, String message) {
    private static final Set<String> ORDINARY_STEPS = Set.of("ContainerCreating", "PodInitializing");
    /**
     * Waiting reasons of the kubelet ({@code pkg/kubelet/images/types.go}, {@code kuberuntime}) that rarely end by
     * themselves.
     */
    private static final Set<String> PERMANENT = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "ImageInspectError",
            "RegistryUnavailable",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    private static final String BACK_OFF = "ImagePullBackOff";
    private static final String UNSCHEDULABLE = "Unschedulable";

    private static final Set<String> CONFIGURATION_ERRORS =
            Set.of("ErrImageNeverPull", "InvalidImageName", "SignatureValidationFailed");

    /** Behind these there may be an invalid setting or a failure of something else. */
    private static final Set<String> MAY_BE_EITHER =
            Set.of("ErrImagePull", BACK_OFF, "CreateContainerConfigError", "CreateContainerError", "RunContainerError");

    /** What is wrong when a registry or the API server cannot be reached, or cannot answer now. */
    private static final Pattern TRANSIENT_ERROR = Pattern.compile(
            "time-?out|timed out|deadline exceeded|connection re(fused|set)|no route to host|network is unreachable"
                    + "|server misbehaving|temporary failure|unexpected EOF|: EOF|broken pipe|too ?many ?requests"
                    + "|rate limit|service unavailable|bad gateway|internal server error|no space left on device",
            Pattern.CASE_INSENSITIVE);

    /**
     * @param container the container that counts besides the init containers
     * @return empty when the pod merely takes the ordinary steps of a start
     */
    public static Optional<PendingReason> of(Pod pod, String container) {
        return Stream.concat(Pods.initContainers(pod).stream(), Pods.container(pod, container).stream())
                .flatMap(status -> of(status).stream())
                .findFirst()
                .or(() -> unscheduled(pod));
    }

    private static Optional<PendingReason> of(ContainerStatus status) {
        return Pods.waiting(status)
                .filter(waiting -> waiting.getReason() != null && !ORDINARY_STEPS.contains(waiting.getReason()))
                .map(PendingReason::of);
    }

    private static PendingReason of(ContainerStateWaiting waiting) {
        return new PendingReason(waiting.getReason(), waiting.getMessage());
    }

    private static Optional<PendingReason> unscheduled(Pod pod) {
        return Pods.condition(pod, "PodScheduled")
                .filter(condition -> "False".equals(condition.getStatus()) && condition.getReason() != null)
                .map(condition -> new PendingReason(condition.getReason(), condition.getMessage()));
    }

    /** Whether waiting is useless until a user repairs the cause. */
    boolean isPermanent() {
        return PERMANENT.contains(reason);
    }

    /**
     * Whether it says what is wrong; that the kubelet waits before it pulls again does not, but in newer Kubernetes.
     */
    boolean isSpecific() {
        return !reason.equals(BACK_OFF) || message != null && unquoted(message).contains(": ");
    }

    /** Whether it says more than the one that was reported before, by its word; null for none. */
    public boolean isNewsAfter(String reported) {
        return !reason.equals(reported) && (reported == null || isSpecific());
    }

    /**
     * Why the pod does not run. Where the reason leaves it open, a message of the network or of an overloaded server
     * means the infrastructure. Anything else is an invalid setting: the kubelet has tried again for as long as we
     * waited, so that one more try would end in the same way.
     */
    Cause cause() {
        if (MAY_BE_EITHER.contains(reason)) {
            return message != null && TRANSIENT_ERROR.matcher(unquoted(message)).find()
                    ? Cause.INFRASTRUCTURE
                    : Cause.CONFIGURATION;
        }
        return CONFIGURATION_ERRORS.contains(reason) ? Cause.CONFIGURATION : Cause.INFRASTRUCTURE;
    }

    /** Names of images and Secrets may hold any word. */
    private static String unquoted(String text) {
        return text.replaceAll("\"[^\"]*\"", "");
    }

    /** What the user can do about it, as sentences. */
    public String remedy(PodRole role) {
        return switch (reason) {
            case "ErrImagePull", "ImagePullBackOff", "ImageInspectError", "RegistryUnavailable" ->
                "Check that %s exists and that spark.kubernetes.container.image.pullSecrets allow to pull it."
                        .formatted(image(role));
            case "ErrImageNeverPull" ->
                "Load the image on the node, or change spark.kubernetes.container.image.pullPolicy.";
            case "InvalidImageName" -> "Correct %s.".formatted(image(role));
            case "CreateContainerConfigError" ->
                "Check that every Secret and ConfigMap that the %s's environment refers to exists and has the key."
                        .formatted(role.word());
            case "CreateContainerError", "RunContainerError" ->
                "Check command, mounts and security settings of the %s container.".formatted(role.word());
            case "FailedMount", "FailedAttachVolume" ->
                "Check that the Secrets, ConfigMaps and claims of %s and of the pod template exist."
                        .formatted(role.key("spark.kubernetes.%s.volumes.*, spark.kubernetes.%1$s.secrets.*"));
            case UNSCHEDULABLE, "FailedScheduling", "SchedulerError" ->
                SchedulingProblem.parse(message)
                        .map(problem -> problem.remedy(role))
                        .orElseGet(() ->
                                "Free or add nodes, or ask for less with %s and %s; check spark.kubernetes.node.selector.* too."
                                        .formatted(role.key("spark.%s.cores"), role.key("spark.%s.memory")));
            default -> "See the events of the pod.";
        };
    }

    private static String image(PodRole role) {
        return role == PodRole.DRIVER
                ? "spark.kubernetes.container.image"
                : "spark.kubernetes.executor.container.image (or spark.kubernetes.container.image)";
    }

    /** The same for reasons that have the same cause, whatever the numbers and names in them. */
    public String key() {
        return SchedulingProblem.parse(message).map(SchedulingProblem::key).orElse(reason);
    }

    /** In a few words; of a pod that fits on no node, what is short on how many. */
    public String describe() {
        return SchedulingProblem.parse(message).map(SchedulingProblem::describe).orElseGet(this::toString);
    }

    @Override
    public String toString() {
        return message == null || message.isBlank() ? reason : reason + ": " + message;
    }
}
