package io.jenkins.plugins.sparkk8s.jenkins.wait;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException.Kind;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.ApplicationIndex;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.RecordedWait;
import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * Finds the record of an application that a build asks for by its id. Only records of this Jenkins count, whatever labels a pod
 * has. An application that the build may not ask for is as unknown as one that does not exist: the answer is the same.
 */
record ApplicationLookup(ApplicationIndex index) {
    private static final Pattern APPLICATION_ID = Pattern.compile("spark-[0-9a-f]{32}");
    private static final int LONGEST_SHOWN = 80;

    /**
     * @param id as the build gave it; null when it gave none
     * @param permission what the build needs on a job other than its own
     * @throws SparkApplicationException when there is none that the build may ask for
     */
    RequestedApplication find(String id, Requester requester, Permission permission) throws SparkApplicationException {
        if (id == null) {
            throw new SparkApplicationException(
                    Kind.CONFIGURATION,
                    "application is missing. Give it what sparkK8sSubmit returned, or the id of an application.");
        }
        if (!APPLICATION_ID.matcher(id).matches()) {
            throw unknown(id, permission);
        }
        Optional<RequestedApplication> found = builds(id, requester)
                .flatMap(run -> in(run, id).stream())
                .filter(application ->
                        requester.may(permission, application.run().getParent()))
                .findFirst();
        if (found.isEmpty()) {
            requireRecord(id, requester, permission);
        }
        return found.orElseThrow(() -> unknown(id, permission));
    }

    private Stream<Run<?, ?>> builds(String id, Requester requester) {
        Stream<Run<?, ?>> others = index.builds(id).stream()
                .<Run<?, ?>>map(Run::fromExternalizableId)
                .filter(run -> run != null);
        return Stream.concat(Stream.of(requester.run()), others);
    }

    private static Optional<RequestedApplication> in(Run<?, ?> run, String id) {
        return Optional.ofNullable(run.getAction(SparkApplicationsAction.class))
                .flatMap(applications -> applications.findApplication(id))
                .map(record -> new RequestedApplication(run, record));
    }

    /** What a wait that was begun by an earlier controller waits for; empty when the record is gone. */
    Optional<RequestedApplication> find(ApplicationRecord copy) {
        RecordedWait wait = copy.awaited();
        // The job may have another name by now, which the index follows.
        List<String> builds = Stream.concat(
                        index.builds(copy.identity().applicationId()).stream(), Stream.of(wait.build()))
                .toList();
        return builds.stream()
                .<Run<?, ?>>map(Run::fromExternalizableId)
                .filter(run -> run != null)
                .flatMap(run ->
                        SparkApplicationsAction.find(run, wait.record())
                                .map(record -> new RequestedApplication(run, record))
                                .stream())
                .findFirst();
    }

    private void requireRecord(String id, Requester requester, Permission permission) throws SparkApplicationException {
        Optional<String> build = index.buildOf(id);
        if (build.isPresent() && mayAskFor(build.get(), requester, permission)) {
            throw discarded(id, build.get());
        }
    }

    private static boolean mayAskFor(String build, Requester requester, Permission permission) {
        int number = build.lastIndexOf('#');
        Item item = number < 0 ? null : Jenkins.get().getItemByFullName(build.substring(0, number));
        return item instanceof Job<?, ?> job && requester.may(permission, job);
    }

    static SparkApplicationException discarded(String id, String build) {
        return new SparkApplicationException(
                Kind.UNKNOWN,
                "The result of application %s is not known: the build %s, which submitted it, was deleted. If its driver still runs, it is found with: kubectl get pods --all-namespaces -l spark-app-selector=%s"
                        .formatted(id, build, id));
    }

    private static SparkApplicationException unknown(String id, Permission permission) {
        String line = TextSanitizer.line(id);
        String shown = line.length() <= LONGEST_SHOWN ? line : line.substring(0, LONGEST_SHOWN) + "…";
        return new SparkApplicationException(
                Kind.CONFIGURATION,
                "Jenkins has no application '%s' that this build may %s. Check the id: it begins with spark-, and is in the log and on the page of the build that submitted the application, which must not have been deleted; it is known for 7 days after the application has ended. For an application of another job, the build must run as a user who has the permission Job/%s on that job."
                        .formatted(
                                shown,
                                permission == Item.CANCEL ? "stop" : "wait for",
                                permission == Item.CANCEL ? "Cancel" : "Read"));
    }
}
