package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * One file that must travel.
 *
 * @param directory the directory made for this file alone, so that equal names do not meet
 */
record StagedFile(ResourceUri local, String directory) {
    private static final Pattern HAS_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");

    Path source() {
        return local.localPath();
    }

    /** Where it is written to: a path, in which nothing is escaped. */
    String target() {
        return directory + "/" + local.fileName();
    }

    /** How the driver is told of it: as a URI, or it would not find a file whose name has a blank or a percent sign. */
    String remoteLocation() {
        return HAS_SCHEME.matcher(directory).lookingAt() ? directory + "/" + escaped(local.fileName()) : target();
    }

    private static String escaped(String name) {
        try {
            return new URI(null, null, "/" + name, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(name + " has been read from a URI and cannot be written to one", e);
        }
    }
}
