package io.jenkins.plugins.sparkk8s.jenkins.build;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.logfiles.LogFolder;
import java.util.List;

/** Where the kept logs of an application of a build are found. */
@FunctionalInterface
interface LogLinks {
    LogLinks NONE = id -> List.of();

    /** @param id of the application's record */
    List<ApplicationFact> of(String id);

    static LogLinks of(Run<?, ?> run) {
        return id -> LogFolder.of(run, id).names().stream()
                .map(name ->
                        new ApplicationFact("", name, SparkApplicationsAction.url(run) + "logs/" + id + "/" + name))
                .toList();
    }
}
