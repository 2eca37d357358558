package io.jenkins.plugins.sparkk8s.jenkins.agent;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What comes back from the workspace: a result, or what is wrong. Errors travel as text, since an exception would bring
 * classes of libraries along that Jenkins does not deserialise.
 *
 * @param prepared null when something is wrong
 * @param problems one sentence each
 */
record Answer(PreparedSubmission prepared, ArrayList<String> problems) implements Serializable {
    static Answer of(PreparedSubmission prepared) {
        return new Answer(prepared, new ArrayList<>());
    }

    static Answer refused(List<String> problems) {
        return new Answer(
                null, new ArrayList<>(problems.stream().map(Answer::asOfTheStep).toList()));
    }

    /** The same complaint may be made to users of the command, in the words of its options. */
    private static String asOfTheStep(String problem) {
        return problem.replace("--class", "mainClass").replace("--deploy-mode", "spark.submit.deployMode");
    }
}
