package io.jenkins.plugins.sparkk8s.monitor;

import java.io.Serializable;
import java.time.Duration;

/**
 * What happened before the monitoring began, for the summary.
 *
 * @param staged how long packaging and uploading took; null when not known
 * @param submitted how long creating the objects took; null when not known
 * @param bytesUploaded how much was uploaded
 */
public record SubmissionTimes(Duration staged, Duration submitted, long bytesUploaded) implements Serializable {

    public static SubmissionTimes unknown() {
        return new SubmissionTimes(null, null, 0);
    }
}
