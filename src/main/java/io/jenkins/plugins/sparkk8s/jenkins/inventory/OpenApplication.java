package io.jenkins.plugins.sparkk8s.jenkins.inventory;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import io.jenkins.plugins.sparkk8s.jenkins.queue.QueueEntry;
import io.jenkins.plugins.sparkk8s.jenkins.queue.QueuedUse;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What {@link OpenApplications} keeps of one application: the build whose record has the rest, and, once no build waits
 * for it, what is needed to remove its uploads when that build has been discarded. It never changes, is bounded, and
 * holds no secret.
 */
@XStreamAlias("sparkOpenApplication")
public final class OpenApplication implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Further ones are forgotten with the build. */
    private static final int MOST_UPLOADS = 1000;

    /** Its externalizable id: the full name of the job, and the number. */
    private final String build;

    /** Null in an entry of an earlier version. */
    private final String applicationId;

    /** Null only when an earlier version wrote it. */
    private final String cluster;

    /** Its number in the queue; null when it is not queued. */
    private final Long queueNumber;

    // Null as long as a build waits, and when nothing was uploaded.
    private final String namespace;
    private final String driverPod;
    private final String driverPodUid;
    private final ArrayList<String> uploads;
    private final String uploadNode;

    /** An application of an earlier version, of which only the build is known. */
    public OpenApplication(String build) {
        this(build, null, null, null);
    }

    /** @param queueNumber null when it is not queued */
    OpenApplication(String build, String cluster, Long queueNumber) {
        this(build, null, cluster, queueNumber);
    }

    private OpenApplication(String build, String applicationId, String cluster, Long queueNumber) {
        this.build = build;
        this.applicationId = applicationId;
        this.cluster = cluster;
        this.queueNumber = queueNumber;
        this.namespace = null;
        this.driverPod = null;
        this.driverPodUid = null;
        this.uploads = new ArrayList<>();
        this.uploadNode = null;
    }

    private OpenApplication(String build, ApplicationRecord record, ArrayList<String> uploads) {
        SubmissionHandle handle = record.handle();
        this.build = build;
        this.applicationId = record.identity().applicationId();
        this.cluster = record.cluster();
        this.queueNumber = null;
        this.namespace = handle == null ? null : handle.namespace();
        this.driverPod = handle == null ? null : handle.driverPodName();
        this.driverPodUid = handle == null ? null : handle.driverPodUid();
        this.uploads = uploads;
        this.uploadNode = record.uploadNode();
    }

    private OpenApplication(OpenApplication other, String build) {
        this.build = build;
        this.applicationId = other.applicationId;
        this.cluster = other.cluster;
        this.queueNumber = other.queueNumber;
        this.namespace = other.namespace;
        this.driverPod = other.driverPod;
        this.driverPodUid = other.driverPodUid;
        this.uploads = other.uploads;
        this.uploadNode = other.uploadNode;
    }

    /**
     * An application that its build's record describes in full.
     *
     * @param queueNumber null when it is not queued
     */
    static OpenApplication of(String build, ApplicationRecord record, Long queueNumber) {
        return new OpenApplication(build, record.identity().applicationId(), record.cluster(), queueNumber);
    }

    /** An application that may outlive its build. */
    public static OpenApplication of(String build, ApplicationRecord record) {
        List<String> uploads =
                record.uploadsToRemove().stream().limit(MOST_UPLOADS).toList();
        return new OpenApplication(build, record, new ArrayList<>(uploads));
    }

    /** Whether its build is one of a job, or of a folder with jobs. */
    boolean isIn(String fullName) {
        return build.startsWith(fullName + "#") || build.startsWith(fullName + "/");
    }

    /**
     * The same when the job, or a folder around it, has another full name; this when that is no matter of its build.
     */
    OpenApplication moved(String from, String to) {
        return isIn(from) ? new OpenApplication(this, to + build.substring(from.length())) : this;
    }

    public String build() {
        return build;
    }

    /** Null when an earlier version wrote it. */
    String applicationId() {
        return applicationId;
    }

    /** Name of the configured cluster; null when an earlier version wrote it. */
    public String cluster() {
        return cluster;
    }

    /** What the queue of the next controller needs; null when an earlier version wrote it. */
    QueueEntry queueEntry() {
        return cluster == null ? null : new QueueEntry(QueuedUse.ofBuild(cluster, build), queueNumber);
    }

    /** Its number in the queue; null when it is not queued. */
    public Long queueNumber() {
        return queueNumber;
    }

    String namespace() {
        return namespace;
    }

    /** Null when it never had one. */
    String driverPod() {
        return driverPod;
    }

    String driverPodUid() {
        return driverPodUid;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OpenApplication that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    private List<Object> fields() {
        return Arrays.asList(
                build, applicationId, cluster, queueNumber, namespace, driverPod, driverPodUid, uploads, uploadNode);
    }

    public Uploads uploads() {
        return new Uploads(List.copyOf(uploads), uploadNode);
    }
}
