package io.jenkins.plugins.sparkk8s.staging.plan;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.staging.files.PackedFolder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * One file, or folder, that must travel.
 *
 * @param source its path here
 * @param directory the directory for this file of this application alone, so that equal names do not meet
 * @param name under which it is uploaded
 * @param packed the folder that it is made of while it is sent; null when it is what it is
 */
public record StagedFile(ResourceUri local, Path source, String directory, String name, PackedFolder packed) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern HAS_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");

    static StagedFile of(ResourceUri local, String directory, String name) {
        return new StagedFile(local, local.localPath(), directory, name, null);
    }

    StagedFile withPacked(PackedFolder folder) {
        return new StagedFile(local, source, directory, name, folder);
    }

    /** Where it is written to in the application's own directory: a path, in which nothing is escaped. */
    public String target() {
        return targetIn(directory);
    }

    public String targetIn(String folder) {
        return folder + "/" + name;
    }

    /**
     * As the driver gets it when it is in that folder: as a URI, or it would not find a file whose name has a blank or a
     * percent sign.
     */
    public String remoteLocationIn(String folder) {
        return HAS_SCHEME.matcher(folder).lookingAt() ? folder + "/" + escaped(name) : targetIn(folder);
    }

    private static String escaped(String name) {
        if (PLAIN.matcher(name).matches()) {
            return name;
        }
        try {
            return new URI(null, null, "/" + name, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(name + " has been read from a URI and cannot be written to one", e);
        }
    }
}
