package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Everything that is needed where the workspace is. Travels to the agent, is never stored.
 *
 * @param mainResource jar, Python or R file: a path or pattern of the workspace that stands for one file, or a URI; null
 *     when the main class is in the image
 * @param mainClass null when the jar's manifest names it
 * @param arguments what the application gets
 * @param files what the step names besides
 * @param defaults configuration of the cluster; the only one that may say where the cluster is
 * @param conf configuration of the step; wins over the properties file, which wins over the defaults
 * @param secrets configuration whose values are secret; wins over all
 * @param identity drawn by the controller, so that a repeat makes the same names
 * @param userName who the application is submitted for
 * @param uploadPolicy where files may be uploaded to
 */
public record SubmissionRequest(
        String mainResource,
        String mainClass,
        List<String> arguments,
        FileArguments files,
        Map<String, String> defaults,
        Map<String, String> conf,
        Map<String, String> secrets,
        ApplicationIdentity identity,
        String userName,
        UploadPolicy uploadPolicy)
        implements Serializable {

    public SubmissionRequest {
        // Kinds of collections that may be deserialised in Jenkins; those of List.of and Map.of may not.
        arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
        defaults = Collections.unmodifiableMap(new TreeMap<>(defaults));
        conf = Collections.unmodifiableMap(new TreeMap<>(conf));
        secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
        Objects.requireNonNull(files);
        Objects.requireNonNull(identity);
        Objects.requireNonNull(userName);
        Objects.requireNonNull(uploadPolicy);
    }

    /** Names alone: any value may be a secret. */
    @Override
    public String toString() {
        return "request for %s of %s with %d properties"
                .formatted(identity.applicationId(), userName, conf.size() + secrets.size());
    }
}
