package io.jenkins.plugins.sparkk8s.jenkins.agent;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * What came of removing uploads.
 *
 * @param left one sentence for each cause that some are left for
 * @param old markers that a sweep has found: of applications that may have ended, which only the controller can find out
 */
record Removal(ArrayList<String> left, ArrayList<OldMarker> old) implements Serializable {

    /**
     * The marker of an application, more than a day old.
     *
     * @param path of the marker
     * @param master of the application's cluster
     */
    record OldMarker(String path, String applicationId, String master, String namespace) implements Serializable {}
}
