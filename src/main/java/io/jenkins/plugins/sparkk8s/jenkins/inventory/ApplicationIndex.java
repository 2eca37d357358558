package io.jenkins.plugins.sparkk8s.jenkins.inventory;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * In which builds the records of applications are, by application id: of all that are open, and of those that ended within a
 * week. So an application is found without looking through builds.
 */
public final class ApplicationIndex {
    private static final Logger LOGGER = Logger.getLogger(ApplicationIndex.class.getName());

    public static final Duration KEPT = Duration.ofDays(7);

    /** However many end within that time. */
    private static final int MOST = 10_000;

    private final OpenApplications open;
    private final Clock clock;
    private final EntryFiles<EndedApplication> ended = new EntryFiles<>(
            "spark-ended-applications",
            EndedApplication.class,
            "%s cannot be read, so that no other build can wait for the application that it names. Remove the file.");

    public ApplicationIndex(OpenApplications open, Clock clock) {
        this.open = open;
        this.clock = clock;
    }

    /** It is found for a week from now on; what cannot be written is logged. */
    public void ended(Run<?, ?> run, ApplicationRecord record) {
        EndedApplication application = new EndedApplication(run.getExternalizableId(), clock.instant());
        change(record.identity().applicationId(), application);
    }

    private void change(String applicationId, EndedApplication application) {
        try {
            ended.change(applicationId, earlier -> application);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Application " + applicationId + " will not be found by its id");
        }
    }

    /** The builds that may have the record; each is to be asked for it. Externalizable ids. */
    public List<String> builds(String applicationId) {
        Stream<String> running = open.all().values().stream()
                .filter(application -> application.applicationId() == null
                        || application.applicationId().equals(applicationId))
                .map(OpenApplication::build);
        Stream<String> over = Optional.ofNullable(ended.all().get(applicationId)).map(EndedApplication::build).stream();
        return Stream.concat(running, over).distinct().toList();
    }

    /** Whether it is known that there was one, though its build may be gone. */
    public Optional<String> buildOf(String applicationId) {
        return open.all().values().stream()
                .filter(application -> applicationId.equals(application.applicationId()))
                .map(OpenApplication::build)
                .findFirst()
                .or(() -> Optional.ofNullable(ended.all().get(applicationId)).map(EndedApplication::build));
    }

    /** A job, or a folder with all its jobs, has another full name. */
    public void moved(String from, String to) {
        ended.all().forEach((id, application) -> change(id, application.moved(from, to)));
    }

    /** Forgets those that ended long ago. */
    public void removeDue() {
        Instant due = clock.instant().minus(KEPT);
        Map<String, EndedApplication> all = ended.all();
        all.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, EndedApplication> entry) ->
                                entry.getValue().endedAt())
                        .reversed())
                .skip(MOST)
                .forEach(entry -> change(entry.getKey(), null));
        all.entrySet().stream()
                .filter(entry -> entry.getValue().endedAt().isBefore(due))
                .forEach(entry -> change(entry.getKey(), null));
    }
}
