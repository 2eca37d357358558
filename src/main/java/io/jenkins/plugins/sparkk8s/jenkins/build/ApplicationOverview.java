package io.jenkins.plugins.sparkk8s.jenkins.build;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The applications of a build in the words of a page, as they stood when it was made; served at
 * {@code <build>/spark/overview/} for an open build page. Public only because pages are rendered by reflection.
 */
public final class ApplicationOverview {
    /** How many boxes a build page has at most. */
    static final int MOST_BOXES = 5;

    private final List<ApplicationBox> all;
    private final int total;
    private final boolean building;
    private final String url;

    /**
     * @param total how many the build has begun, those that are no longer kept included
     * @param url of the page of all, below Jenkins' own
     */
    ApplicationOverview(List<SparkApplicationRun> applications, int total, boolean building, String url) {
        this(applications, total, building, url, LogLinks.NONE);
    }

    /** @param logs of the applications */
    ApplicationOverview(
            List<SparkApplicationRun> applications, int total, boolean building, String url, LogLinks logs) {
        int notKept = total - applications.size();
        this.all = IntStream.range(0, applications.size())
                .mapToObj(i -> new ApplicationBox(applications.get(i), notKept + i + 1, logs))
                .toList();
        this.total = total;
        this.building = building;
        this.url = url;
    }

    /** Whether there may be changes: the build is running, or an application that it does not wait for. */
    public boolean isActive() {
        return building || !all.stream().allMatch(ApplicationBox::isSettled);
    }

    /** Whether news is to be expected at any moment. */
    public boolean isBusy() {
        return building && (all.isEmpty() || count(ApplicationStyle.RUNNING) > 0);
    }

    /** How many there are and how they stand; null when their boxes show all of it. */
    public String getHeading() {
        if (total <= MOST_BOXES) {
            return null;
        }
        List<String> counts = new ArrayList<>();
        for (ApplicationStyle style : ApplicationStyle.values()) {
            long count = count(style);
            if (count > 0) {
                counts.add(count(style, count));
            }
        }
        return Messages.Overview_heading(total, String.join(", ", counts));
    }

    private static String count(ApplicationStyle style, long count) {
        return switch (style) {
            case FAILURE -> Messages.Overview_failure(count);
            case RUNNING -> Messages.Overview_running(count);
            case QUEUED -> Messages.Overview_queued(count);
            case NEUTRAL -> Messages.Overview_neutral(count);
            case SUCCESS -> Messages.Overview_success(count);
        };
    }

    /** Shown on the page of all: older ones that are no longer kept; null when all are. */
    public String getNotKept() {
        int missing = total - all.size();
        return missing == 0 ? null : Messages.Overview_notKept(missing);
    }

    /** All, or of many those that most deserve a look: first those that failed, then those that run; oldest first. */
    public List<ApplicationBox> getBoxes() {
        return all.stream()
                .sorted(Comparator.comparing(ApplicationBox::getStyle))
                .limit(MOST_BOXES)
                .sorted(Comparator.comparingInt(all::indexOf))
                .toList();
    }

    /** In the order they were begun. */
    public List<ApplicationBox> getAll() {
        return all;
    }

    /** Of the page of all, below Jenkins' own; ends with a slash. */
    public String getUrl() {
        return url;
    }

    /** Whether there is nothing to show yet. Not called "empty", which is an operator in pages. */
    public boolean isBlank() {
        return all.isEmpty();
    }

    /** Whether the page of all has more than one. */
    public boolean isSeveral() {
        return all.size() > 1;
    }

    private long count(ApplicationStyle style) {
        return all.stream().filter(box -> box.getStyle() == style).count();
    }
}
