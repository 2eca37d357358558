package io.jenkins.plugins.sparkk8s.jenkins.build;

import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Where an application is on its cluster, and where its history will be; immutable. */
final class RecordedPlace implements Serializable {
    static final RecordedPlace UNKNOWN = new RecordedPlace(null, null, null, null, null);

    private static final long serialVersionUID = 1L;

    // Null until the objects are about to be created, the uid until the driver pod exists.
    private final String masterUrl;
    private final String namespace;
    private final String driverPod;
    private final String driverPodUid;

    /** Kinds and names of the other objects. */
    private final ArrayList<String> dependants;

    private RecordedPlace(
            String masterUrl, String namespace, String driverPod, String driverPodUid, ArrayList<String> dependants) {
        this.masterUrl = masterUrl;
        this.namespace = namespace;
        this.driverPod = driverPod;
        this.driverPodUid = driverPodUid;
        this.dependants = dependants;
    }

    static RecordedPlace planned(SubmissionHandle handle, List<ObjectReference> objects) {
        ArrayList<String> names = new ArrayList<>();
        objects.forEach(object -> names.add(object.kind() + "/" + object.name()));
        return new RecordedPlace(handle.masterUrl(), handle.namespace(), handle.driverPodName(), null, names)
                .of(handle);
    }

    /** The same with what is known of the driver pod now. */
    RecordedPlace of(SubmissionHandle handle) {
        return new RecordedPlace(
                handle.masterUrl(), handle.namespace(), handle.driverPodName(), handle.driverPodUid(), dependants);
    }

    boolean isKnown() {
        return driverPod != null;
    }

    String namespace() {
        return namespace;
    }

    String driverPod() {
        return driverPod;
    }

    /** Null before the driver pod has a name. */
    SubmissionHandle handle(String applicationId, String name) {
        return isKnown()
                ? new SubmissionHandle(masterUrl, namespace, applicationId, name, driverPod, driverPodUid)
                : null;
    }

    /** Null before the driver pod has a name. */
    MonitoredApplication monitored(String applicationId, String name) {
        return isKnown() ? new MonitoredApplication(namespace, applicationId, name, driverPod, driverPodUid) : null;
    }

    List<ObjectReference> dependants() {
        if (dependants == null) {
            return List.of();
        }
        return dependants.stream()
                .map(text -> text.split("/", 2))
                .map(parts -> new ObjectReference(parts[0], namespace, parts[1]))
                .toList();
    }
}
