package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.model.Run;
import java.io.Serializable;
import java.time.Instant;

/**
 * That a build waits for an application of another record: the one that the application was submitted with, whose owner decides
 * how it ended. Never changes.
 */
@XStreamAlias("sparkWait")
public final class RecordedWait implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String record;
    private final String build;
    private final String buildName;
    private final long startMillis;
    private final boolean left;

    /**
     * @param record id of the record that the application was submitted with
     * @param submitter the build that this record belongs to
     */
    public RecordedWait(String record, Run<?, ?> submitter, Instant start) {
        this.record = record;
        this.build = submitter.getExternalizableId();
        this.buildName = submitter.getFullDisplayName();
        this.startMillis = start.toEpochMilli();
        this.left = false;
    }

    private RecordedWait(RecordedWait other, boolean left) {
        this.record = other.record;
        this.build = other.build;
        this.buildName = other.buildName;
        this.startMillis = other.startMillis;
        this.left = left;
    }

    RecordedWait left() {
        return new RecordedWait(this, true);
    }

    /** Whether the build stopped waiting before the application had ended. */
    boolean isLeft() {
        return left;
    }

    /** Id of the record that the application was submitted with. */
    public String record() {
        return record;
    }

    /** Externalizable id of the build that submitted it, as it was when the wait began. */
    public String build() {
        return build;
    }

    /** That build, for people. */
    public String buildName() {
        return buildName;
    }

    /** When the wait began. */
    public Instant start() {
        return Instant.ofEpochMilli(startMillis);
    }
}
