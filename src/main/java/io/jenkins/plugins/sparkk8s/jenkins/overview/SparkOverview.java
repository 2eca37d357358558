package io.jenkins.plugins.sparkk8s.jenkins.overview;

import hudson.model.Api;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.OpenApplication;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.ApplicationMetrics;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.ApplicationOwners;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleContext;
import io.jenkins.plugins.sparkk8s.jenkins.queue.QueueCounts;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The applications of this controller at one moment. Of each list there are at most {@link #MOST} entries; no cluster is asked,
 * and only the builds of the entries are looked at. Public only because Jenkins exports it by reflection.
 */
@ExportedBean(defaultVisibility = SparkOverview.VISIBILITY)
public final class SparkOverview {
    static final int VISIBILITY = 3;

    /** Entries of a list. */
    static final int MOST = 100;

    private final List<OverviewCluster> clusters;
    private final Part<OverviewApplication> running;
    private final Part<OverviewApplication> queued;
    private final Part<OverviewApplication> unattended;
    private final Part<OverviewDriver> drivers;
    private final ApplicationMetrics metrics;

    /**
     * Some of a list.
     *
     * @param total how many there are
     */
    private record Part<T>(List<T> shown, int total) {
        static <S, T> Part<T> of(List<S> all, int first, Function<S, T> shown) {
            return new Part<>(all.stream().skip(first).limit(MOST).map(shown).toList(), all.size());
        }
    }

    /** An application that is not done, as far as it is known without its build. */
    private record Open(String id, OpenApplication entry, ApplicationRecord record) {
        boolean isQueued() {
            return record == null ? entry.queueNumber() != null : record.isQueued();
        }

        boolean isRunning() {
            return record != null && !record.hasEnded() && !record.isQueued();
        }

        long start() {
            return record == null ? 0 : record.startTime().toEpochMilli();
        }

        long place() {
            return Objects.requireNonNullElse(entry.queueNumber(), 0L);
        }

        OverviewApplication shown() {
            return OverviewApplication.of(id, entry, record);
        }
    }

    private SparkOverview(LifecycleContext context, List<Open> open, int first) {
        this.metrics = context.metrics();
        QueueCounts counts = context.queue().counts();
        this.clusters = context.clusters().all().stream()
                .map(cluster ->
                        new OverviewCluster(cluster, counts, context.clusters().errors()))
                .toList();
        List<Open> all = new ArrayList<>(open);
        all.sort(Comparator.comparingLong(Open::start).thenComparing(Open::id));
        this.running = Part.of(all.stream().filter(Open::isRunning).toList(), first, Open::shown);
        this.queued = Part.of(
                all.stream()
                        .filter(Open::isQueued)
                        .sorted(Comparator.comparingLong(Open::place))
                        .toList(),
                first,
                Open::shown);
        this.unattended = Part.of(
                all.stream().filter(one -> !one.isRunning() && !one.isQueued()).toList(), first, Open::shown);
        this.drivers = Part.of(context.retained().all(), first, OverviewDriver::new);
    }

    /** @param first how many entries of each list are left out before it */
    public static SparkOverview of(LifecycleContext context, int first) {
        List<Open> open = new ArrayList<>();
        context.open()
                .all()
                .forEach((id, entry) -> open.add(new Open(
                        id,
                        entry,
                        context.owners()
                                .lifecycle(id)
                                .map(ApplicationOwners.Owner::record)
                                .orElse(null))));
        return new SparkOverview(context, open, first);
    }

    public Api getApi() {
        return new Api(this);
    }

    /** As configured now. */
    @Exported
    public List<OverviewCluster> getClusters() {
        return clusters;
    }

    /** Those that are being submitted or have a driver, the oldest first. */
    @Exported
    public List<OverviewApplication> getRunning() {
        return running.shown();
    }

    @Exported
    public int getRunningTotal() {
        return running.total();
    }

    /** In the order of the queue. */
    @Exported
    public List<OverviewApplication> getQueued() {
        return queued.shown();
    }

    @Exported
    public int getQueuedTotal() {
        return queued.total();
    }

    /** Those that have ended and of which something is left, and those that Jenkins looks for again every minute. */
    @Exported
    public List<OverviewApplication> getUnattended() {
        return unattended.shown();
    }

    @Exported
    public int getUnattendedTotal() {
        return unattended.total();
    }

    /** Driver pods of applications that have ended, which are removed later; the next first. */
    @Exported
    public List<OverviewDriver> getDriversToRemove() {
        return drivers.shown();
    }

    @Exported
    public int getDriversToRemoveTotal() {
        return drivers.total();
    }

    /** How many have ended since this controller runs, by how they ended. */
    @Exported
    public Map<String, Long> getEnded() {
        return metrics.counts();
    }

    /** Of those that have ended, together. */
    @Exported
    public long getEndedMillis() {
        return metrics.millis();
    }

    /** What those that have ended were queued, together. */
    @Exported
    public long getEndedQueuedMillis() {
        return metrics.queuedMillis();
    }

    /** A sentence when a list is cut; else null. */
    @Exported
    public String getNote() {
        int longest =
                Math.max(Math.max(running.total(), queued.total()), Math.max(unattended.total(), drivers.total()));
        return longest <= MOST
                ? null
                : "Each list has at most %d entries. The totals count all; spark-applications/from/%d/api/json has further ones."
                        .formatted(MOST, MOST);
    }
}
