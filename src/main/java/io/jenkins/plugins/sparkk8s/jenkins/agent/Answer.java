package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.staging.StagingException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What comes back from the workspace: a result, or what is wrong. Errors travel as text, since an exception would bring
 * classes of libraries along that Jenkins does not deserialise.
 *
 * @param prepared null when something is wrong
 * @param problems one sentence each
 * @param storage whether the storage failed; false when it refused, or something else is wrong
 */
record Answer(PreparedSubmission prepared, ArrayList<String> problems, boolean storage) implements Serializable {
    static Answer of(PreparedSubmission prepared) {
        return new Answer(prepared, new ArrayList<>(), false);
    }

    static Answer refused(List<String> problems) {
        return new Answer(
                null, new ArrayList<>(problems.stream().map(Answer::asOfTheStep).toList()), false);
    }

    /** The files could not be uploaded, or the upload path could not be looked at. */
    static Answer failed(StagingException failure) {
        return new Answer(null, new ArrayList<>(List.of(failure.getMessage())), !failure.isRefusal());
    }

    /** The same complaint may be made to users of the command, in the words of its options. */
    private static String asOfTheStep(String problem) {
        return problem.replace("--class", "mainClass").replace("--deploy-mode", "spark.submit.deployMode");
    }
}
