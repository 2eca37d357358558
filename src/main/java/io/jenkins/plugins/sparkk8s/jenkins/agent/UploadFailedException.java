package io.jenkins.plugins.sparkk8s.jenkins.agent;

import hudson.AbortException;
import java.util.ArrayList;
import java.util.List;

/** The files could not be uploaded, or the upload path could not be looked at; nothing is left but what it names. */
public final class UploadFailedException extends AbortException {
    private static final long serialVersionUID = 1L;

    private final boolean refusal;
    private final ArrayList<String> left;

    UploadFailedException(String message, Answer.UploadFailure failure) {
        super(message);
        this.refusal = failure.refused();
        this.left = failure.left();
    }

    /** Whether the storage refused the files, so that it refuses a repeat too; else it, or the way to it, failed. */
    public boolean isRefusal() {
        return refusal;
    }

    /** Directories that may be there, in the words of the node that uploaded. */
    public List<String> left() {
        return List.copyOf(left);
    }
}
