package io.jenkins.plugins.sparkk8s.kubernetes;

import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.DriverSideOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SecurityOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What to do about an object that an admission rule of the cluster refuses: the user may create it, but not as it is.
 *
 * <p>The texts are those of kube-apiserver's admission plugins, which have hardly changed since 1.20. The first that
 * matches decides; the rules whose message has the words of others, such as a webhook, come first.
 */
final class AdmissionRefusals {
    private static final String DRIVER_TEMPLATE = KubernetesOptions.DRIVER_POD_TEMPLATE_FILE.key();
    private static final String EXECUTOR_TEMPLATE = KubernetesOptions.EXECUTOR_POD_TEMPLATE_FILE.key();
    private static final String LIMIT_CORES = KubernetesOptions.DRIVER_LIMIT_CORES.key();

    /** Comes with status 500, not 403, and may be followed by any text. */
    private static final String UNANSWERED_WEBHOOK = "failed calling webhook ";

    private static final List<Refusal> REFUSALS = List.of(
            refusal(
                    UNANSWERED_WEBHOOK,
                    message ->
                            "The webhook itself did not answer. Try again later, and ask an administrator of the cluster if it persists."),
            refusal("admission webhook ", message -> ruleOfTheCluster("this webhook")),
            refusal("ValidatingAdmissionPolicy '", AdmissionRefusals::policy),
            refusal("violates PodSecurity ", AdmissionRefusals::podSecurity),
            refusal("failed quota: ", AdmissionRefusals::quotaThatWantsValues),
            refusal("exceeded quota: ", message -> QuotaRefusal.parse(message).remedy()),
            refusal(
                    "status unknown for quota",
                    message -> "The quota is new and has not been counted yet. Try again in a few seconds."),
            refusal(
                    "insufficient quota to match these scopes",
                    message ->
                            "No quota of the namespace admits the priorityClassName of %s. Choose another, or have a quota made for it."
                                    .formatted(DRIVER_TEMPLATE)),
            refusal(" usage per Container", AdmissionRefusals::limitRange),
            refusal(" usage per Pod", AdmissionRefusals::limitRange),
            refusal(" usage per PersistentVolumeClaim", AdmissionRefusals::claimSize),
            refusal(" limit to request ratio per ", AdmissionRefusals::ratio),
            refusal(
                    "no PriorityClass with name ",
                    message ->
                            "The priorityClassName of %s does not exist. Choose one of 'kubectl get priorityclasses'."
                                    .formatted(DRIVER_TEMPLATE)),
            refusal(
                    "priorityClass is not permitted",
                    message -> "The priorityClassName of %s is reserved for the cluster's own pods. Choose another."
                            .formatted(DRIVER_TEMPLATE)),
            refusal(
                    "pod rejected: RuntimeClass ",
                    message -> "The runtimeClassName of %s does not exist. Choose one of 'kubectl get runtimeclasses'."
                            .formatted(DRIVER_TEMPLATE)),
            refusal(
                    "error looking up service account",
                    message -> "Create the service account, or correct %s."
                            .formatted(KubernetesOptions.AUTHENTICATE_DRIVER_SERVICE_ACCOUNT_NAME.key())),
            refusal(
                    "is being terminated",
                    message -> "Wait until the namespace is gone and create it again, or choose another."),
            refusal("unable to validate against any ", AdmissionRefusals::securityPolicy),
            refusal(
                    "node label selector conflicts",
                    message ->
                            "The namespace prescribes nodes. Leave %s* and %s* out, or use labels that agree with the namespace's."
                                    .formatted(Constants.NODE_SELECTOR_PREFIX, Constants.DRIVER_NODE_SELECTOR_PREFIX)),
            refusal(
                    "tolerations (possibly merged",
                    message ->
                            "The namespace admits certain tolerations only. Change the tolerations of %s, or ask the administrators of the cluster."
                                    .formatted(DRIVER_TEMPLATE)),
            refusal(
                    "cannot set an ownerReference",
                    message ->
                            "The cluster lets only those set an owner who may delete it. Give this user a Role with the verb delete on pods."),
            refusal(
                    "cannot set blockOwnerDeletion",
                    message ->
                            "The cluster lets only those block a deletion who may update the owner's finalizers. Give this user a Role with the verb update on pods/finalizers."));

    /** @param phrase words of the API server that no other refusal has */
    private record Refusal(String phrase, Function<String, String> remedy) {}

    private AdmissionRefusals() {}

    private static Refusal refusal(String phrase, Function<String, String> remedy) {
        return new Refusal(phrase, remedy);
    }

    /** Sentences for the user; empty when the message is of no rule that is known here. */
    static Optional<String> remedy(String message) {
        return REFUSALS.stream()
                .filter(refusal -> message.contains(refusal.phrase()))
                .findFirst()
                .map(refusal -> refusal.remedy().apply(message));
    }

    /** Whether the same request may be admitted later, without any change. */
    static boolean isTemporary(String message) {
        return !isOfARule(message)
                && (message.contains("status unknown for quota")
                        || message.contains("exceeded quota: ")
                                && QuotaRefusal.parse(message).isTemporary());
    }

    /** Whether a rule of the cluster's administrators speaks: its text may be anything. */
    static boolean isOfARule(String message) {
        return message.contains(UNANSWERED_WEBHOOK)
                || message.contains("admission webhook ")
                || message.contains("ValidatingAdmissionPolicy '");
    }

    private static String policy(String message) {
        return ruleOfTheCluster("this policy");
    }

    private static String ruleOfTheCluster(String rule) {
        return "No permission is missing: the administrators of the cluster have made %s, and the reason is its own. Change what it names (labels and annotations by %s* and %s*, other fields of the pod in %s), or ask them."
                .formatted(rule, Constants.DRIVER_LABEL_PREFIX, Constants.DRIVER_ANNOTATION_PREFIX, DRIVER_TEMPLATE);
    }

    private static String podSecurity(String message) {
        String volumes = message.contains("hostPath volumes")
                ? " Replace %shostPath.* by an emptyDir or a persistentVolumeClaim."
                        .formatted(Constants.DRIVER_VOLUMES_PREFIX)
                : "";
        return "No permission is missing: the namespace has a Pod Security level. Set %s=true, by which driver and executors conform to restricted, or the fields that it names in the securityContext of the pod template %s, and for executors of %s, or use a namespace with another level.%s"
                .formatted(SecurityOptions.SUBMIT_RESTRICTED.key(), DRIVER_TEMPLATE, EXECUTOR_TEMPLATE, volumes);
    }

    private static String securityPolicy(String message) {
        return "No permission to create pods is missing: no security policy that the driver's service account may use admits this pod. Set what it names in the securityContext of %s, or name another service account with %s."
                .formatted(DRIVER_TEMPLATE, KubernetesOptions.AUTHENTICATE_DRIVER_SERVICE_ACCOUNT_NAME.key());
    }

    private static String quotaThatWantsValues(String message) {
        if (message.contains("limits.cpu")) {
            return "The quota wants a CPU limit in every pod. Set %s, and %s for the executors."
                    .formatted(LIMIT_CORES, DriverSideOptions.EXECUTOR_LIMIT_CORES.key());
        }
        return "The quota wants these values in every container. Set them in the pod templates %s and %s."
                .formatted(DRIVER_TEMPLATE, EXECUTOR_TEMPLATE);
    }

    /** The message may name several bounds. */
    private static String limitRange(String message) {
        List<String> sentences = new ArrayList<>();
        if (message.contains(" memory usage per ")) {
            sentences.add("A LimitRange of the namespace bounds the memory of a pod. %s %s or %s, and for executors %s."
                    .formatted(
                            direction(message, "memory"),
                            CoreOptions.DRIVER_MEMORY.key(),
                            CoreOptions.DRIVER_MEMORY_OVERHEAD.key(),
                            CoreOptions.EXECUTOR_MEMORY.key()));
        }
        if (message.contains(" cpu usage per ")) {
            sentences.add("A LimitRange of the namespace bounds the CPU of a pod. %s %s or %s, and for executors %s."
                    .formatted(
                            direction(message, "cpu"),
                            LIMIT_CORES,
                            KubernetesOptions.DRIVER_REQUEST_CORES.key(),
                            DriverSideOptions.EXECUTOR_LIMIT_CORES.key()));
        }
        return sentences.isEmpty()
                ? "A LimitRange of the namespace bounds this resource. Set it in the pod templates %s and %s."
                        .formatted(DRIVER_TEMPLATE, EXECUTOR_TEMPLATE)
                : String.join(" ", sentences);
    }

    /** A container without a value has to get one; an empty limit is above every maximum. */
    private static String direction(String message, String resource) {
        if (message.contains("is specified")) {
            return "Set";
        }
        return message.contains("maximum " + resource) ? "Lower" : "Raise";
    }

    private static String ratio(String message) {
        return "A LimitRange of the namespace bounds how far the limit may be above the request. Raise %s or lower %s."
                .formatted(KubernetesOptions.DRIVER_REQUEST_CORES.key(), LIMIT_CORES);
    }

    private static String claimSize(String message) {
        return "A LimitRange of the namespace bounds the size of a claim. %s options.sizeLimit of %spersistentVolumeClaim.*."
                .formatted(message.contains("maximum ") ? "Lower" : "Raise", Constants.DRIVER_VOLUMES_PREFIX);
    }
}
