package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Where an application is on its cluster, and where its history will be; immutable. */
@XStreamAlias("sparkPlace")
public final class RecordedPlace implements Serializable {
    static final RecordedPlace UNKNOWN = new RecordedPlace();

    private static final long serialVersionUID = 1L;

    // Null until the objects are about to be created, uid and version until the driver pod exists.
    private final String masterUrl;
    private final String namespace;
    private final String driverPod;
    private final String driverPodUid;

    /** Of the driver pod when it was created; null in a record of an earlier version of the plugin, too. */
    private final String driverPodVersion;

    /** Kinds and names of the other objects. */
    private final ArrayList<String> dependants;

    private RecordedPlace() {
        this.masterUrl = null;
        this.namespace = null;
        this.driverPod = null;
        this.driverPodUid = null;
        this.driverPodVersion = null;
        this.dependants = null;
    }

    private RecordedPlace(SubmissionHandle handle, ArrayList<String> dependants) {
        this.masterUrl = handle.masterUrl();
        this.namespace = handle.namespace();
        this.driverPod = handle.driverPodName();
        this.driverPodUid = handle.driverPodUid();
        this.driverPodVersion = handle.driverPodVersion();
        this.dependants = dependants;
    }

    static RecordedPlace planned(SubmissionHandle handle, List<ObjectReference> objects) {
        ArrayList<String> names = new ArrayList<>();
        objects.forEach(object -> names.add(object.kind() + "/" + object.name()));
        return new RecordedPlace(handle, names);
    }

    /** The same with what is known of the driver pod now. */
    RecordedPlace of(SubmissionHandle handle) {
        return new RecordedPlace(handle, dependants);
    }

    boolean isKnown() {
        return driverPod != null;
    }

    public String namespace() {
        return namespace;
    }

    public String driverPod() {
        return driverPod;
    }

    /** Null before the driver pod has a name. */
    SubmissionHandle handle(String applicationId, String name) {
        return isKnown()
                ? new SubmissionHandle(
                        masterUrl, namespace, applicationId, name, driverPod, driverPodUid, driverPodVersion)
                : null;
    }

    /** Null before the driver pod has a name. */
    MonitoredApplication monitored(String applicationId, String name) {
        return isKnown()
                ? new MonitoredApplication(namespace, applicationId, name, driverPod, driverPodUid, driverPodVersion)
                : null;
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
