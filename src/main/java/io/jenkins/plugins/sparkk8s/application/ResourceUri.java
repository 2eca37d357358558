package io.jenkins.plugins.sparkk8s.application;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that an application names, and where it is: with the submitter ({@code file:} or no scheme), already in the
 * container ({@code local:}), or anywhere else that Spark itself reads from.
 *
 * @param location the URI without its fragment; an absolute {@code file:} URI for a file of the submitter
 * @param fragment the part after {@code #}, the name in the working directory; null when there is none
 */
public record ResourceUri(String location, String fragment) {
    private static final String FILE = "file";
    private static final String LOCAL = "local";

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");

    /**
     * Resolves what the user wrote as Spark does ({@code Utils.resolveURI}): with a scheme it is kept, without one it
     * is a path against the working directory. So is a {@code file:} URI with a relative path.
     *
     * @throws ConfigurationException when it is neither a URI nor a path, or a {@code file:} URI with a host
     */
    public static ResourceUri resolve(String text, Path workingDirectory) {
        String trimmed = text.trim();
        String scheme = schemeOf(trimmed);
        int hash = trimmed.indexOf('#');
        String fragment = hash < 0 ? null : trimmed.substring(hash + 1);
        String location = hash < 0 ? trimmed : trimmed.substring(0, hash);
        if (scheme != null && !FILE.equalsIgnoreCase(scheme)) {
            return new ResourceUri(location, fragment);
        }
        return new ResourceUri(fileLocation(scheme, location, workingDirectory), fragment);
    }

    private static String fileLocation(String scheme, String location, Path workingDirectory) {
        try {
            Path path = scheme == null ? Path.of(location) : Path.of(pathOf(location));
            if (path.getFileName() == null || path.toString().isEmpty()) {
                throw new ConfigurationException("'%s' names no file.".formatted(location));
            }
            boolean complete = scheme != null && path.isAbsolute();
            return complete ? location : FILE + ":" + canonicalPath(workingDirectory.resolve(path));
        } catch (InvalidPathException e) {
            throw new ConfigurationException("'%s' is not a path: %s.".formatted(location, e.getReason()));
        }
    }

    /** The path of a {@code file:} URI; one with blanks or a lone percent sign is no URI and taken as it stands. */
    private static String pathOf(String location) {
        String path = withoutHost(location, location.substring(FILE.length() + 1));
        if (isPlain(path)) {
            return path;
        }
        try {
            URI uri = new URI(FILE + ":" + path);
            String decoded = uri.getPath() == null ? uri.getSchemeSpecificPart() : uri.getPath();
            // A question mark starts no query here: it is part of a file's name, or of a pattern.
            return uri.getQuery() == null ? decoded : decoded + "?" + uri.getQuery();
        } catch (URISyntaxException e) {
            return path;
        }
    }

    /** An absolute path in which nothing is escaped, and nothing stands for anything else. */
    private static boolean isPlain(String path) {
        return path.startsWith("/") && path.chars().allMatch(ResourceUri::isPlain);
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '-' && c <= '9' || c == '_';
    }

    private static String withoutHost(String location, String path) {
        if (!path.startsWith("//")) {
            return path;
        }
        String afterSlashes = path.substring(2);
        if (afterSlashes.startsWith("/") || afterSlashes.startsWith("localhost/")) {
            return afterSlashes.substring(afterSlashes.indexOf('/'));
        }
        throw new ConfigurationException(
                "%s names a host after file://, but a local file has none. Write file:///path or only the path."
                        .formatted(location));
    }

    /** Links are followed, as Spark does: the file then travels under the name of what the link points to. */
    private static String canonicalPath(Path path) {
        try {
            String raw = path.toFile().getCanonicalFile().toURI().getRawPath();
            return raw.length() > 1 && raw.endsWith("/") ? raw.substring(0, raw.length() - 1) : raw;
        } catch (IOException e) {
            throw new ConfigurationException("The path %s cannot be resolved: %s.".formatted(path, e.getMessage()));
        }
    }

    /** Reads a URI that has already been resolved. */
    public static ResourceUri of(String text) {
        return resolve(text, Path.of("/"));
    }

    /** A single letter is no scheme but a drive, or the start of a file's name. */
    private static String schemeOf(String text) {
        int colon = text.indexOf(':');
        if (colon <= 1 || text.indexOf('/') >= 0 && text.indexOf('/') < colon) {
            return null;
        }
        String scheme = text.substring(0, colon);
        return SCHEME.matcher(scheme).matches() ? scheme : null;
    }

    /** Never null: a location without a scheme has been resolved to {@code file}. */
    public String scheme() {
        return location.substring(0, location.indexOf(':'));
    }

    /** A file on the submitter's side, which must be uploaded. */
    public boolean isSubmitterLocal() {
        return FILE.equalsIgnoreCase(scheme());
    }

    /** A file that the container image already has. */
    public boolean isContainerLocal() {
        return LOCAL.equalsIgnoreCase(scheme());
    }

    /** A file of another file system, which both sides can read. */
    public boolean isRemote() {
        return !isSubmitterLocal() && !isContainerLocal();
    }

    /** The file's own name, the last segment of the path. */
    public String fileName() {
        String path = location.endsWith("/") ? location.substring(0, location.length() - 1) : location;
        String name = path.substring(path.lastIndexOf('/') + 1);
        return isSubmitterLocal() ? localPath().getFileName().toString() : name;
    }

    /**
     * The path of a file of the submitter.
     *
     * @throws IllegalStateException when it is not a file of the submitter
     */
    public Path localPath() {
        if (!isSubmitterLocal()) {
            throw new IllegalStateException(location + " is not a file of the submitter");
        }
        return Path.of(pathOf(location));
    }

    public Optional<String> fragmentName() {
        return Optional.ofNullable(fragment);
    }

    /** The same fragment on another location: where the file was uploaded to. */
    public ResourceUri movedTo(String newLocation) {
        return new ResourceUri(newLocation, fragment);
    }

    /** As it stands in a Spark property. */
    @Override
    public String toString() {
        return fragment == null ? location : location + "#" + fragment;
    }
}
