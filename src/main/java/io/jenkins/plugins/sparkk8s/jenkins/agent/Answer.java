package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.staging.store.StagingException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What comes back from the workspace: a result, or what is wrong. Errors travel as text, since an exception would bring
 * classes of libraries along that Jenkins does not deserialise.
 *
 * @param prepared null when something is wrong
 * @param problems one sentence each
 * @param failure what the storage did; null when something else is wrong
 */
record Answer(PreparedSubmission prepared, ArrayList<String> problems, UploadFailure failure) implements Serializable {
    /**
     * @param refused whether the storage refused the files, rather than failed
     * @param left directories that may be there
     */
    record UploadFailure(boolean refused, ArrayList<String> left) implements Serializable {}

    static Answer of(PreparedSubmission prepared) {
        return new Answer(prepared, new ArrayList<>(), null);
    }

    static Answer refused(List<String> problems) {
        return new Answer(
                null, new ArrayList<>(problems.stream().map(Answer::asOfTheStep).toList()), null);
    }

    /** The files could not be uploaded, or the upload path could not be looked at. */
    static Answer failed(StagingException failure) {
        return new Answer(
                null,
                new ArrayList<>(List.of(failure.getMessage())),
                new UploadFailure(failure.isRefusal(), new ArrayList<>(failure.left())));
    }

    /** Without what a mask hides in what went wrong. */
    Answer masked(SecretMask mask) {
        return prepared != null
                ? this
                : new Answer(
                        null, new ArrayList<>(problems.stream().map(mask::mask).toList()), failure);
    }

    /** The same complaint may be made to users of the command, in the words of its options. */
    private static String asOfTheStep(String problem) {
        return problem.replace("--class", "mainClass").replace("--deploy-mode", CoreOptions.DEPLOY_MODE.key());
    }
}
