package io.jenkins.plugins.sparkk8s.jenkins.build;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.SubmissionTimes;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * All that is kept of one application of a build: what is needed to find it again after a restart, and what is told of it
 * afterwards.
 *
 * <p>It is stored as XML, with the build or beside it, so it holds plain texts and numbers only, is bounded in size, and holds no
 * secret. After a change it is saved before the next step is taken, see {@link SparkApplicationsAction#save(ApplicationRecord)}.
 *
 * <p>Any thread may change and read it. It is written down, as it is shown, from a copy that no change reaches; so its
 * collections are replaced and never changed.
 */
public final class ApplicationRecord extends RecordedEnd implements Serializable, Cloneable {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ApplicationRecord.class.getName());
    private static final int LONGEST_NAME = 200;

    // What SparkApplicationRun reads of its own copy is visible to the package.
    final String id;
    final String cluster;
    final long startTimeMillis;

    // The identity of the submission, see ApplicationIdentity.
    final String applicationId;
    private final String nameId;
    private final String configMapId;
    private final String serviceId;
    private final String localDirId;
    private final long submitTimeMillis;

    /** Null only when it was written by something else than us. */
    Phase phase = Phase.STAGING;

    // Where it is; null until the phase CREATING, the uid until RUNNING. The name may be known before.
    private String masterUrl;
    String namespace;
    String name;
    String driverPod;
    private String driverPodUid;
    private List<String> dependants;

    // What was uploaded, and by which node ("" is the built-in one); null when nothing was.
    private List<String> uploads;
    private String uploadNode;
    private boolean keepUploads;

    /** Whether an earlier controller may have uploaded something. */
    private boolean earlierUploads;

    /** Whether the driver may still run although the application has ended for its build. */
    private boolean leftOnCluster;

    // What a monitor needs; no secret is among it.
    private Map<String, String> monitorConf;
    private boolean followDriverLog;

    Long stagedMillis;
    Long submittedMillis;
    long bytesUploaded;

    /** Its page on the history server; null when there is none. */
    String historyUrl;

    /** Tells how it stands while somebody watches it; null when nobody does. */
    private transient volatile Supplier<ApplicationState> watcher;

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

    /** Null when another version of the plugin recorded one that is not known. */
    public synchronized Phase phase() {
        return phase;
    }

    /** Whether nothing of it exists on the cluster yet. */
    public synchronized boolean isStaging() {
        return phase == Phase.STAGING;
    }

    /** Whether its objects may exist on the cluster, without the driver pod being known. */
    public synchronized boolean isBeingCreated() {
        return phase == Phase.CREATING;
    }

    /** Whether the driver pod exists, as far as is known. */
    public synchronized boolean hasDriver() {
        return phase == Phase.RUNNING || phase == Phase.DEPLOYED;
    }

    /** Whether it has a result. */
    public synchronized boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    public Instant startTime() {
        return Instant.ofEpochMilli(startTimeMillis);
    }

    public ApplicationIdentity identity() {
        return new ApplicationIdentity(applicationId, nameId, configMapId, serviceId, localDirId, submitTimeMillis);
    }

    /** What it will be called; null when only its submission will tell. */
    public synchronized void named(String planned) {
        if (driverPod == null) {
            name = kept(planned, LONGEST_NAME);
        }
    }

    /** The application's name; null when it is not known yet. */
    public synchronized String name() {
        return name;
    }

    @Override
    void maskKept() {
        name = kept(name, LONGEST_NAME);
    }

    /** Files are about to be uploaded to these directories by this node; nothing of it need exist yet. */
    public synchronized void staging(List<String> directories, String node, boolean keep) {
        earlierUploads = uploads != null;
        uploads = new ArrayList<>(directories);
        uploadNode = node;
        keepUploads = keep;
    }

    /**
     * The upload failed and removed what it had begun.
     *
     * @param left directories that may be there nevertheless; what an earlier try may have made is kept in mind, too
     */
    public synchronized void uploadFailed(Collection<String> left) {
        if (uploads != null && !earlierUploads) {
            uploads = new ArrayList<>(uploads.stream().filter(left::contains).toList());
        }
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
        monitorConf = new LinkedHashMap<>(new TreeMap<>(forMonitor));
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

    /** Whether the driver owns all that belongs to it; a controller that goes down in between leaves that to the next. */
    public synchronized boolean isSubmitted() {
        return submittedMillis != null;
    }

    private void handle(SubmissionHandle handle) {
        masterUrl = handle.masterUrl();
        namespace = handle.namespace();
        name = kept(handle.applicationName(), LONGEST_NAME);
        driverPod = handle.driverPodName();
        driverPodUid = handle.driverPodUid();
    }

    /**
     * Where the application's history will be found.
     *
     * @param serverUrl of the Spark history server; null, or anything but a plain http or https URL, means no link
     */
    public synchronized void historyServer(String serverUrl) {
        historyUrl = HistoryLink.of(serverUrl, applicationId);
    }

    /**
     * From now on the page tells how the application stands; until it ends, or a restart.
     *
     * @param state must answer at once, from any thread; null when nobody watches any more
     */
    public void watchedBy(Supplier<ApplicationState> state) {
        watcher = state;
    }

    /** @return null when nobody watches the application */
    ApplicationState liveState() {
        Supplier<ApplicationState> state = watcher;
        try {
            return state == null ? null : state.get();
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "The state of application " + applicationId + " could not be read.", e);
            return null;
        }
    }

    /** How it stands now, for scripts and people. */
    public SparkApplicationRun toRun() {
        return SparkApplicationRun.of(this, true, Instant.now());
    }

    /** The same values, which nobody changes any more. */
    synchronized ApplicationRecord copy() {
        try {
            return (ApplicationRecord) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is written down is of one moment. */
    private Object writeReplace() {
        return copy();
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
        keepLastSeen(liveState());
        watcher = null;
        phase = Phase.ENDED;
        keepEnd(value, why, time);
    }

    public synchronized void ended(ApplicationSummary summary, Instant time) {
        ApplicationResult end = summary.result();
        ended(end.outcome().name(), end.reason(), time);
        keep(summary);
    }

    /** @param left whether its driver, or what belongs to it, may still be on the cluster */
    public synchronized void leftOnCluster(boolean left) {
        leftOnCluster = left;
    }

    public synchronized boolean isLeftOnCluster() {
        return leftOnCluster;
    }

    /** Whether nothing is left to be done for it. */
    public synchronized boolean isDone() {
        return phase == Phase.ENDED && !leftOnCluster && uploadsToRemove().isEmpty();
    }

    /** Keeps only what is shown in a list of many. */
    synchronized void shorten() {
        monitorConf = null;
        dropDetails();
    }

    private static Duration duration(Long millis) {
        return millis == null ? null : Duration.ofMillis(millis);
    }
}
