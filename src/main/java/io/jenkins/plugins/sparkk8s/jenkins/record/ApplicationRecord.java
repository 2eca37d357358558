package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationState;
import io.jenkins.plugins.sparkk8s.monitor.ApplicationSummary;
import io.jenkins.plugins.sparkk8s.monitor.SubmissionTimes;
import io.jenkins.plugins.sparkk8s.monitor.driver.ApplicationResult;
import io.jenkins.plugins.sparkk8s.monitor.pods.MonitoredApplication;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import java.io.InvalidObjectException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All that is kept of one application of a build: what is needed to find it again after a restart, and what is shown of
 * it afterwards. It is composed of small values, each of which is replaced as a whole.
 *
 * <p>It is stored as XML, with the build or beside it, so it holds plain texts and numbers only, is bounded in size,
 * and holds no secret. After a change it is saved before the next step is taken.
 *
 * <p>Any thread may change and read it. It is written down, as it is shown, from a copy that no change reaches; so its
 * collections are replaced and never changed.
 */
@XStreamAlias("sparkApplication")
public final class ApplicationRecord extends SteeredRecord implements Cloneable {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_REASON = 1000;
    private static final int LONGEST_DETAIL = 500;
    private static final int MOST_DETAILS = 10;

    private RecordedIdentity identity;
    private RecordedPlace place = RecordedPlace.UNKNOWN;
    private RecordedUploads uploads = RecordedUploads.NONE;
    private RecordedTimes times = RecordedTimes.NONE;
    private RecordedMonitoring monitoring = RecordedMonitoring.NONE;
    private RecordedOutcome outcome = RecordedOutcome.NONE;
    private RecordedFigures figures = RecordedFigures.NONE;

    /** Null when it is not known yet. */
    private String name;

    /** Its page on the history server; null when there is none. */
    private String historyUrl;

    ApplicationRecord(String id, String cluster, ApplicationIdentity identity, Instant start) {
        this.identity = new RecordedIdentity(id, cluster, identity, start);
    }

    /**
     * A copy for a build that waits for the application. It is shown, and can be watched, but nothing is ever removed for it.
     *
     * @param id of the copy
     */
    synchronized ApplicationRecord copyForWait(String id, RecordedWait wait) {
        ApplicationRecord copy = copy();
        copy.identity = identity.with(id);
        copy.reach(isDeployed() ? Phase.RUNNING : phase());
        copy.setQueueSource(null);
        copy.uploads = uploads.removed();
        copy.leftOnCluster(false);
        copy.forgetStateSource();
        copy.waitsFor(wait);
        return copy;
    }

    /** Another version may have written less. */
    private Object readResolve() throws InvalidObjectException {
        if (identity == null) {
            throw new InvalidObjectException("the record of a Spark application has no identity");
        }
        place = Objects.requireNonNullElse(place, RecordedPlace.UNKNOWN);
        uploads = Objects.requireNonNullElse(uploads, RecordedUploads.NONE);
        times = Objects.requireNonNullElse(times, RecordedTimes.NONE);
        monitoring = Objects.requireNonNullElse(monitoring, RecordedMonitoring.NONE);
        outcome = Objects.requireNonNullElse(outcome, RecordedOutcome.NONE);
        figures = Objects.requireNonNullElse(figures, RecordedFigures.NONE);
        forgetStateSource();
        completeSecrets();
        return this;
    }

    /** Distinguishes the applications of one build. */
    public String id() {
        return identity.id();
    }

    public String cluster() {
        return identity.cluster();
    }

    public Instant startTime() {
        return Instant.ofEpochMilli(identity.startTime());
    }

    public ApplicationIdentity identity() {
        return identity.identity();
    }

    @Override
    void maskKept() {
        name = kept(name, LONGEST_NAME);
    }

    /** What it will be called; null when only its submission will show. */
    public synchronized void named(String planned) {
        if (!place.isKnown()) {
            name = kept(planned, LONGEST_NAME);
        }
    }

    /** The application's name; null when it is not known yet. */
    public synchronized String name() {
        return name;
    }

    /** Files are about to be uploaded to these directories by this node; none of it may exist yet. */
    public synchronized void staging(
            List<String> directories, String node, boolean keep, Map<String, String> settings) {
        uploads = uploads.planned(directories, node, keep, settings);
    }

    /** The upload failed and removed all but what is left; what an earlier controller may have made stays recorded. */
    public synchronized void uploadFailed(Collection<String> left) {
        uploads = uploads.failed(left);
    }

    @Override
    synchronized void keepQueued(Duration time) {
        times = times.queued(time);
    }

    /** From when on its timeouts count: what it was queued does not. */
    public synchronized Instant beginning() {
        return startTime().plusMillis(times.queued() == null ? 0 : times.queued());
    }

    public synchronized void staged(Duration time, long bytes) {
        times = times.staged(time);
        uploads = uploads.uploaded(bytes);
    }

    /** Objects with these names are about to be created. */
    public synchronized void creating(
            SubmissionHandle planned,
            List<ObjectReference> objects,
            Map<String, String> forMonitor,
            DriverLogMode showDriverLog) {
        reach(Phase.CREATING);
        place = RecordedPlace.planned(planned, objects);
        name = kept(planned.applicationName(), LONGEST_NAME);
        monitoring = RecordedMonitoring.of(forMonitor, showDriverLog);
    }

    /** The driver pod exists. */
    public synchronized void created(SubmissionHandle handle, boolean waits) {
        reach(Phase.withDriver(waits));
        place = place.of(handle);
        name = kept(handle.applicationName(), LONGEST_NAME);
    }

    public synchronized void submitted(Duration time) {
        times = times.submitted(time);
    }

    /**
     * Whether the driver owns all that belongs to it; a controller that shuts down in between leaves that to the next.
     */
    public synchronized boolean isSubmitted() {
        return times.submitted() != null;
    }

    /**
     * Where the application's history will be found.
     *
     * @param serverUrl of the Spark history server; null, or anything but a plain http or https URL, means no link
     */
    public synchronized void historyServer(String serverUrl) {
        historyUrl = HistoryLink.of(serverUrl, identity.applicationId());
    }

    public synchronized RecordParts parts() {
        return new RecordParts(
                identity,
                place,
                times,
                outcome,
                queuePlace(),
                new RecordParts.Summary(
                        phase(), name, uploads.bytes(), historyUrl, figures.timeline(), figures.cost(), submittedBy()));
    }

    /** What is written down is of one moment. */
    private synchronized Object writeReplace() {
        return copy();
    }

    /** Of one moment; shares the state of the watch. */
    private synchronized ApplicationRecord copy() {
        try {
            return (ApplicationRecord) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the application is; null before the phase CREATING. */
    public synchronized SubmissionHandle handle() {
        return place.handle(identity.applicationId(), name);
    }

    /** The objects beside the driver pod; empty before the phase CREATING. */
    public synchronized List<ObjectReference> dependants() {
        return place.dependants();
    }

    /** Null before the phase CREATING. */
    public synchronized MonitoredApplication monitored() {
        return place.monitored(identity.applicationId(), name);
    }

    public synchronized Map<String, String> monitorConf() {
        return monitoring.conf();
    }

    public synchronized DriverLogMode driverLogMode() {
        return monitoring.driverLogMode();
    }

    public synchronized SubmissionTimes submissionTimes() {
        return times.ofSubmission(uploads.bytes());
    }

    /** Directories to remove at the end; empty when there are none or they are to be kept. */
    public synchronized List<String> uploadsToRemove() {
        return uploads.toRemove();
    }

    /** Name of the node that uploaded, empty for the built-in one; null when nothing was uploaded. */
    public synchronized String uploadNode() {
        return uploads.node();
    }

    /** What the job said of their storage beside its secrets, as Spark properties; may be empty. */
    public synchronized Map<String, String> uploadSettings() {
        return uploads.settings();
    }

    public synchronized void uploadsRemoved() {
        uploads = uploads.removed();
    }

    /** @param value name of the result, {@link ApplicationResult.Outcome} or ABORTED or NOT_SUBMITTED */
    public synchronized void ended(String value, String why, Instant time) {
        ApplicationState last = liveState();
        outcome = outcome.seen(last).ended(value, kept(why, LONGEST_REASON));
        figures = figures.seen(last, mask());
        setStateSource(null);
        reach(Phase.ENDED);
        times = times.ended(time);
    }

    public synchronized void ended(ApplicationSummary summary, Instant time) {
        ApplicationResult end = summary.result();
        ended(end.outcome().name(), end.reason(), time);
        times = times.of(summary);
        outcome = outcome.of(
                summary, kept(end.details().stream().limit(MOST_DETAILS).toList(), LONGEST_DETAIL));
    }

    /** When it ended; null while it runs. */
    public synchronized Instant endTime() {
        return times.end() == null ? null : Instant.ofEpochMilli(times.end());
    }

    /** Whether nothing is left to be done for it. */
    public synchronized boolean isDone() {
        return hasEnded() && !isLeftOnCluster() && uploadsToRemove().isEmpty();
    }

    /** Keeps only what is shown in a list of many. */
    synchronized void shorten() {
        monitoring = monitoring.withoutConf();
        figures = figures.withoutTimeline();
        outcome = outcome.withoutDetails();
    }
}
