package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import java.io.Serializable;
import java.time.Instant;

/** Which application it is, and of which cluster; never changes. A class and no record, since XStream reads no records. */
@XStreamAlias("sparkIdentity")
public final class RecordedIdentity implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String cluster;
    private final long startTimeMillis;

    // See ApplicationIdentity.
    private final String applicationId;
    private final String nameId;
    private final String configMapId;
    private final String serviceId;
    private final String localDirId;
    private final long submitTimeMillis;

    RecordedIdentity(String id, String cluster, ApplicationIdentity identity, Instant start) {
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

    private RecordedIdentity(String id, RecordedIdentity other) {
        this.id = id;
        this.cluster = other.cluster;
        this.startTimeMillis = other.startTimeMillis;
        this.applicationId = other.applicationId;
        this.nameId = other.nameId;
        this.configMapId = other.configMapId;
        this.serviceId = other.serviceId;
        this.localDirId = other.localDirId;
        this.submitTimeMillis = other.submitTimeMillis;
    }

    /** The same application by another id. */
    RecordedIdentity with(String other) {
        return new RecordedIdentity(other, this);
    }

    public String id() {
        return id;
    }

    public String cluster() {
        return cluster;
    }

    public String applicationId() {
        return applicationId;
    }

    /** In milliseconds since 1970. */
    public long startTime() {
        return startTimeMillis;
    }

    ApplicationIdentity identity() {
        return new ApplicationIdentity(applicationId, nameId, configMapId, serviceId, localDirId, submitTimeMillis);
    }
}
