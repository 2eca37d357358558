package io.jenkins.plugins.sparkk8s.staging.plan;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was uploaded for one application: where each local file is now, and which directories were made for it.
 *
 * @param remoteLocations remote location by local location, both without a fragment
 * @param directories directories made under the upload path, to be removed at the end
 * @param bytes how much was uploaded in all
 */
public record StagedArtifacts(Map<String, String> remoteLocations, List<String> directories, long bytes) {

    public StagedArtifacts {
        remoteLocations = Map.copyOf(remoteLocations);
        directories = List.copyOf(directories);
    }

    /** Nothing had to be uploaded. */
    public static StagedArtifacts none() {
        return new StagedArtifacts(Map.of(), List.of(), 0);
    }

    /** Upload directories of one application, whose names differ in their last number only, in a few words. */
    public static String names(List<String> directories) {
        return directories.size() == 1
                ? directories.get(0)
                : "%s and %d more of this application".formatted(directories.get(0), directories.size() - 1);
    }

    /** Where the file is for the driver, with its fragment; empty when it was not uploaded. */
    public Optional<ResourceUri> remote(ResourceUri local) {
        return Optional.ofNullable(remoteLocations.get(local.location())).map(local::movedTo);
    }
}
