package io.jenkins.plugins.sparkk8s.jenkins.build;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.monitor.SubmissionTimes;
import io.jenkins.plugins.sparkk8s.submission.ObjectReference;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that is kept of one application of a build: what is needed to find it again after a restart, and what is told of it
 * afterwards.
 *
 * <p>It is stored in the build's own XML, so it holds plain texts and numbers only, is bounded in size, and holds no
 * secret. Whoever changes it saves the build before going on, see {@link SparkApplicationsAction#save}.
 */
public final class ApplicationRecord implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int DETAILS = 10;

    private final String id;
    private final String cluster;
    private final long startTimeMillis;

    // The identity of the submission, see ApplicationIdentity.
    private final String applicationId;
    private final String nameId;
    private final String configMapId;
    private final String serviceId;
    private final String localDirId;
    private final long submitTimeMillis;

    private Phase phase = Phase.STAGING;

    // Where it is; null until the phase CREATING, the uid until RUNNING.
    private String masterUrl;
    private String namespace;
    private String name;
    private String driverPod;
    private String driverPodUid;
    private List<String> dependants;

    // What was uploaded, and by which node ("" is the built-in one); null when nothing was.
    private List<String> uploads;
    private String uploadNode;
    private boolean keepUploads;

    // What a monitor needs; no secret is among it.
    private Map<String, String> monitorConf;
    private boolean followDriverLog;

    private long stagedMillis = -1;
    private long submittedMillis = -1;
    private long bytesUploaded;

    // How it ended; null or negative while it runs, and for what is not known.
    private String result;
    private Integer exitCode;
    private String reason;
    private List<String> details;
    private long endTimeMillis = -1;
    private long scheduledMillis = -1;
    private long startedMillis = -1;
    private long runningMillis = -1;
    private String executorsRequested;
    private long peakExecutors;
    private long failedExecutors;

    ApplicationRecord(String id, String cluster, ApplicationIdentity identity, Instant start) {
        this.id = id;
        this.cluster = cluster;
        this.startTimeMillis = start.toEpochMilli();
        this.applicationId = identity.applicationId();
        this.nameId = identity.nameId();
        this.configMapId = identity.configMapId();
        this.serviceId = identity.serviceId();
        this.localDirId = identity.localDirId();
        this.submitTimeMillis = identity.submitTimeMillis();
    }

    /** Tells the applications of one build apart. */
    public String id() {
        return id;
    }

    public String cluster() {
        return cluster;
    }

    public synchronized Phase phase() {
        return phase;
    }

    public Instant startTime() {
        return Instant.ofEpochMilli(startTimeMillis);
    }

    public ApplicationIdentity identity() {
        return new ApplicationIdentity(applicationId, nameId, configMapId, serviceId, localDirId, submitTimeMillis);
    }

    /** Files are about to be uploaded to these directories by this node; nothing of it need exist yet. */
    public synchronized void staging(List<String> directories, String node, boolean keep) {
        uploads = new ArrayList<>(directories);
        uploadNode = node;
        keepUploads = keep;
    }

    public synchronized void staged(Duration time, long bytes) {
        stagedMillis = time.toMillis();
        bytesUploaded = bytes;
    }

    /** Objects with these names are about to be created. */
    public synchronized void creating(
            SubmissionHandle planned,
            List<ObjectReference> objects,
            Map<String, String> forMonitor,
            boolean showDriverLog) {
        phase = Phase.CREATING;
        handle(planned);
        dependants = new ArrayList<>(objects.stream()
                .map(object -> object.kind() + "/" + object.name())
                .toList());
        monitorConf = new TreeMap<>(forMonitor);
        followDriverLog = showDriverLog;
    }

    /** The driver pod exists. */
    public synchronized void created(SubmissionHandle handle, boolean waits) {
        phase = waits ? Phase.RUNNING : Phase.DEPLOYED;
        handle(handle);
    }

    public synchronized void submitted(Duration time) {
        submittedMillis = time.toMillis();
    }

    private void handle(SubmissionHandle handle) {
        masterUrl = handle.masterUrl();
        namespace = handle.namespace();
        name = handle.applicationName();
        driverPod = handle.driverPodName();
        driverPodUid = handle.driverPodUid();
    }

    /** Where the application is; null before the phase CREATING. */
    public synchronized SubmissionHandle handle() {
        return driverPod == null
                ? null
                : new SubmissionHandle(masterUrl, namespace, applicationId, name, driverPod, driverPodUid);
    }

    /** The objects beside the driver pod; empty before the phase CREATING. */
    public synchronized List<ObjectReference> dependants() {
        if (dependants == null) {
            return List.of();
        }
        return dependants.stream()
                .map(text -> text.split("/", 2))
                .map(parts -> new ObjectReference(parts[0], namespace, parts[1]))
                .toList();
    }

    /** Null before the phase CREATING. */
    public synchronized MonitoredApplication monitored() {
        return driverPod == null
                ? null
                : new MonitoredApplication(namespace, applicationId, name, driverPod, driverPodUid);
    }

    public synchronized Map<String, String> monitorConf() {
        return monitorConf == null ? Map.of() : new TreeMap<>(monitorConf);
    }

    public synchronized boolean followsDriverLog() {
        return followDriverLog;
    }

    public synchronized SubmissionTimes submissionTimes() {
        return new SubmissionTimes(duration(stagedMillis), duration(submittedMillis), bytesUploaded);
    }

    /** Directories to remove at the end; empty when there are none or they are to be kept. */
    public synchronized List<String> uploadsToRemove() {
        return uploads == null || keepUploads ? List.of() : List.copyOf(uploads);
    }

    /** Name of the node that uploaded, empty for the built-in one; null when nothing was uploaded. */
    public synchronized String uploadNode() {
        return uploadNode;
    }

    public synchronized void uploadsRemoved() {
        uploads = null;
    }

    /** @param value name of the result, {@link ApplicationResult.Outcome} or ABORTED or NOT_SUBMITTED */
    public synchronized void ended(String value, String why, Instant time) {
        phase = Phase.ENDED;
        result = value;
        reason = why;
        endTimeMillis = time.toEpochMilli();
    }

    public synchronized void ended(ApplicationSummary summary, Instant time) {
        ApplicationResult end = summary.result();
        ended(end.outcome().name(), end.reason(), time);
        exitCode = end.exitCode();
        details = new ArrayList<>(end.details().stream().limit(DETAILS).toList());
        scheduledMillis = millis(summary.scheduled());
        startedMillis = millis(summary.started());
        runningMillis = millis(summary.running());
        executorsRequested = String.valueOf(summary.executorsRequested());
        peakExecutors = summary.executorsPeak();
        failedExecutors = summary.executorsFailed();
    }

    private static Duration duration(long millis) {
        return millis < 0 ? null : Duration.ofMillis(millis);
    }

    private static long millis(Duration duration) {
        return duration == null ? -1 : duration.toMillis();
    }
}
