package io.jenkins.plugins.sparkk8s.jenkins.inventory;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** The driver pod of an application that has ended, which is removed later. It never changes, and holds no secret. */
@XStreamAlias("sparkRetainedDriver")
public final class RetainedDriver implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String build;
    private final String cluster;
    private final String namespace;
    private final String pod;
    private final String uid;

    /** In milliseconds since 1970. */
    private final long removeAt;

    /**
     * @param build for people: the build may be gone by then
     * @param cluster name of a configured cluster
     */
    RetainedDriver(String build, String cluster, SubmissionHandle handle, Instant removeAt) {
        this.build = build;
        this.cluster = cluster;
        this.namespace = handle.namespace();
        this.pod = handle.driverPodName();
        this.uid = handle.driverPodUid();
        this.removeAt = removeAt.toEpochMilli();
    }

    public String cluster() {
        return cluster;
    }

    public String namespace() {
        return namespace;
    }

    public String pod() {
        return pod;
    }

    /** Null when the submission ended before it was known. */
    String uid() {
        return uid;
    }

    public Instant removeAt() {
        return Instant.ofEpochMilli(removeAt);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RetainedDriver that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    private List<Object> fields() {
        return Arrays.asList(build, cluster, namespace, pod, uid, removeAt);
    }

    @Override
    public String toString() {
        return "driver pod %s of %s in namespace %s of the Spark cluster %s".formatted(pod, build, namespace, cluster);
    }
}
