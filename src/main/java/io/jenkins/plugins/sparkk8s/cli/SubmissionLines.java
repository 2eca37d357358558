package io.jenkins.plugins.sparkk8s.cli;

import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.submission.SubmissionListener;

/** A line for each object that is created, found or removed. */
record SubmissionLines(Console console) implements SubmissionListener {

    @Override
    public void created(ObjectReference object) {
        console.line("[submit] created " + object);
    }

    @Override
    public void found(ObjectReference object) {
        console.line("[submit] found " + object + " of an earlier attempt");
    }

    @Override
    public void removed(ObjectReference object) {
        console.line("[submit] removed " + object);
    }
}
