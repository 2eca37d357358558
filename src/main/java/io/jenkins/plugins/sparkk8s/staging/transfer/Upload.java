package io.jenkins.plugins.sparkk8s.staging.transfer;

import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import java.io.IOException;
import java.util.List;

/** The upload of one plan, in one of the layouts; runs once. */
public interface Upload {

    /**
     * Uploads all files that are not there yet.
     *
     * @throws io.jenkins.plugins.sparkk8s.staging.store.StagingException when a file cannot be uploaded
     * @throws IOException when the store does not do what concerns no file
     */
    StagedArtifacts run() throws IOException, InterruptedException;

    /** Those of the plan's directories that may be there by now, although {@link #run} has failed. */
    List<String> begun();
}
