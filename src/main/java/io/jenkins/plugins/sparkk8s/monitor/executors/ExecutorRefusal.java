package io.jenkins.plugins.sparkk8s.monitor.executors;

import java.util.List;
import java.util.Optional;

/**
 * That the API server refuses the pods, or the claims, of executors. Only who creates them is notified of it: the driver, whose
 * Kubernetes client puts it into the log, or the controller of a set of pods, which writes an event. What is found is untrusted
 * text for a line.
 *
 * @param message the API server's words
 * @param whole a sentence that says where the whole error is
 */
record ExecutorRefusal(String message, String whole) {
    /** How fabric8's client, in all releases that Spark uses, begins the message of a refused creation. */
    private static final String BEGIN = "Failure executing: POST at: ";

    private static final String MESSAGE = " Message: ";
    private static final String END = " Received status: ";
    private static final int LONGEST = 400;

    private static final String IN_LOG = "The driver's log has the whole error.";
    private static final String IN_EVENTS =
            "The events of the StatefulSet or ReplicaSet of the executors have the whole error.";

    /** What a controller puts before the API server's words; the last is of several messages that are alike. */
    private static final List<String> OF_CONTROLLERS =
            List.of("Error creating: ", " failed error: ", "(combined from similar events): ");

    private record Remedy(String phrase, String key, String sentence) {}

    /** The first that matches decides; the phrases are those of the API server's admission plugins. */
    private static final List<Remedy> REMEDIES = List.of(
            new Remedy(
                    "admission webhook ",
                    "webhook",
                    "Change what the webhook names (labels by spark.kubernetes.executor.label.*, other fields in spark.kubernetes.executor.podTemplateFile), or ask the administrators of the cluster."),
            new Remedy(
                    "failed calling webhook ",
                    "webhook without an answer",
                    "The webhook does not answer, and pods are not admitted without it: ask the administrators of the cluster."),
            new Remedy(
                    "ValidatingAdmissionPolicy '",
                    "policy",
                    "Change what the policy names (labels by spark.kubernetes.executor.label.*, other fields in spark.kubernetes.executor.podTemplateFile), or ask the administrators of the cluster."),
            new Remedy(
                    "violates PodSecurity ",
                    "PodSecurity",
                    "Set the fields that it names in the securityContext of spark.kubernetes.executor.podTemplateFile."),
            new Remedy(
                    "failed quota: ",
                    "quota",
                    "The quota wants these values in every pod: set spark.kubernetes.executor.limit.cores, or the values in spark.kubernetes.executor.podTemplateFile."),
            new Remedy(
                    "exceeded quota: ",
                    "quota",
                    "Ask for fewer or smaller executors (spark.executor.instances or spark.dynamicAllocation.maxExecutors, spark.executor.memory, spark.kubernetes.executor.request.cores), wait until other pods have ended, or have the quota raised."),
            new Remedy(
                    " usage per ",
                    "LimitRange",
                    "A LimitRange of the namespace bounds it: change spark.executor.memory, spark.kubernetes.executor.request.cores or spark.kubernetes.executor.limit.cores."),
            new Remedy(
                    "no PriorityClass with name ",
                    "PriorityClass",
                    "Correct the priorityClassName in spark.kubernetes.executor.podTemplateFile."),
            new Remedy(
                    "error looking up service account",
                    "service account",
                    "Create the service account, or correct spark.kubernetes.authenticate.executor.serviceAccountName."),
            new Remedy(
                    " cannot create resource ",
                    "permission",
                    "The driver's service account needs a Role for it; see spark-driver in docs/rbac.yaml."));

    /** @return empty for any other line of a driver's log */
    static Optional<ExecutorRefusal> of(String line) {
        int begin = line.indexOf(BEGIN);
        int message = begin < 0 ? -1 : line.indexOf(MESSAGE, begin);
        if (message < 0 || !isOfExecutors(line.substring(begin + BEGIN.length(), message))) {
            return Optional.empty();
        }
        int start = message + MESSAGE.length();
        int end = line.indexOf(END, start);
        return of(line.substring(start, end < 0 ? line.length() : end), IN_LOG);
    }

    /** @param message of the event by which a controller reports that it could not create a pod or a claim */
    static Optional<ExecutorRefusal> ofEvent(String message) {
        int start = OF_CONTROLLERS.stream()
                .mapToInt(prefix -> message.indexOf(prefix) < 0 ? 0 : message.indexOf(prefix) + prefix.length())
                .max()
                .orElse(0);
        return of(message.substring(start), IN_EVENTS);
    }

    private static Optional<ExecutorRefusal> of(String message, String whole) {
        String text = message.strip();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ExecutorRefusal(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text, whole));
    }

    private static boolean isOfExecutors(String url) {
        String path =
                url.strip().endsWith(".") ? url.strip().substring(0, url.strip().length() - 1) : url.strip();
        return path.endsWith("/pods") || path.endsWith("/persistentvolumeclaims");
    }

    private Optional<Remedy> known() {
        return REMEDIES.stream()
                .filter(remedy -> message.contains(remedy.phrase()))
                .findFirst();
    }

    String key() {
        return "refused by " + known().map(Remedy::key).orElse("the API server");
    }

    String describe() {
        return "the API server refuses their pods: "
                + (message.endsWith(".") ? message.substring(0, message.length() - 1) : message);
    }

    String remedy() {
        return known().map(Remedy::sentence).orElse(whole);
    }
}
