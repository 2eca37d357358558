package io.jenkins.plugins.sparkk8s.staging.store;

import io.jenkins.plugins.sparkk8s.conf.ActionableException;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.util.ArrayList;
import java.util.List;

/** Files of the application could not be uploaded; what had been uploaded is removed again. */
public final class StagingException extends ActionableException {
    private static final long serialVersionUID = 1L;

    private final boolean refusal;
    private final ArrayList<String> left;

    public StagingException(String message, Throwable cause) {
        this(message, cause, StorageRefusals.isRefusal(cause), List.of());
    }

    private StagingException(String message, Throwable cause, boolean refusal, List<String> left) {
        super(message, cause);
        this.left = new ArrayList<>(left);
        this.refusal = refusal;
    }

    /** Whether the file system will not do it, however often it is asked; else it, or the way to it, failed. */
    public boolean isRefusal() {
        return refusal;
    }

    /** Directories that may be there although the upload failed, since they could not be removed. */
    public List<String> left() {
        return List.copyOf(left);
    }

    /** The same failure with its secrets hidden, and with what is left. */
    public StagingException withContext(SecretMask mask, List<String> directories) {
        StagingException masked =
                new StagingException(mask.mask(getMessage()), mask.failure(getCause()), refusal, directories);
        masked.setStackTrace(getStackTrace());
        return masked;
    }
}
