package io.jenkins.plugins.sparkk8s.jenkins.log;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import java.util.List;
import java.util.function.Supplier;

/**
 * What stands before each line of an application as soon as its build has more than one: its name, and a number when an earlier
 * one has the same name. Thread-safe.
 */
public final class ApplicationLabel implements Supplier<String> {
    private final SparkApplicationsAction applications;
    private final ApplicationRecord record;
    private volatile String label;

    private ApplicationLabel(SparkApplicationsAction applications, ApplicationRecord record) {
        this.applications = applications;
        this.record = record;
    }

    public static ApplicationLabel of(Run<?, ?> run, ApplicationRecord record) {
        return new ApplicationLabel(SparkApplicationsAction.of(run), record);
    }

    @Override
    public String get() {
        if (label == null && applications.getTotal() > 1) {
            label = "[" + TextSanitizer.line(name()) + "] ";
        }
        return label == null ? "" : label;
    }

    private String name() {
        String name = nameOf(record);
        List<ApplicationRecord> all = applications.applications();
        long earlier = all.stream()
                .takeWhile(other -> !other.id().equals(record.id()))
                .filter(other -> name.equals(nameOf(other)) && !isSame(other, record))
                .count();
        return earlier == 0 ? name : name + " " + (earlier + 1);
    }

    /** The build may wait for an application of its own. */
    private static boolean isSame(ApplicationRecord one, ApplicationRecord other) {
        return one.identity().applicationId().equals(other.identity().applicationId());
    }

    private static String nameOf(ApplicationRecord record) {
        String name = record.name();
        return name == null || name.isBlank() ? "application" : name;
    }
}
