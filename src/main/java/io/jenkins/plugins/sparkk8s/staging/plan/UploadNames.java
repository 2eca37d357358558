package io.jenkins.plugins.sparkk8s.staging.plan;

import io.jenkins.plugins.sparkk8s.staging.files.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names under an upload path that are this product's. Nothing else there is ever removed: Spark's own
 * {@code spark-upload-<UUID>} and what other tools have there match none of them.
 *
 * <ul>
 *   <li>{@code spark-upload-<64 hex digits>-<bytes>}: the folder of one file, or folder, named after content, name and size
 *   <li>{@code spark-upload-<application>-0}: the marker of an application, a file that lists the folders it uses
 *   <li>{@code spark-upload-<application>-<n>}: a folder of this application alone
 *   <li>{@code spark-upload-condemned}: a folder with a file for each folder that is about to be removed
 * </ul>
 */
public final class UploadNames {
    static final String PREFIX = "spark-upload-";

    /** End of the name of a file that is beside a shared folder as long as all of that is there. */
    public static final String COMPLETE = ".complete";

    private static final Pattern SHARED = Pattern.compile(PREFIX + "[0-9a-f]{64}-([0-9]+)");
    private static final Pattern OWN = Pattern.compile(PREFIX + "([0-9a-f]{32})-([0-9]+)");
    private static final Pattern CONDEMNED = Pattern.compile("(" + PREFIX + "[0-9a-f]{64}-[0-9]+)\\.[0-9a-f]{16}");

    private UploadNames() {}

    /**
     * The folder for what these lines describe: a digest of {@code Digests}, two blanks and a name for each file, as
     * {@code sha256sum} would print them.
     *
     * @param bytes of all files together; most names differ by the size alone, without reading a file
     */
    public static String shared(String lines, long bytes) {
        byte[] digest = Digests.sha256().digest(lines.getBytes(StandardCharsets.UTF_8));
        return PREFIX + HexFormat.of().formatHex(digest) + "-" + bytes;
    }

    public static boolean isShared(String name) {
        return SHARED.matcher(name).matches();
    }

    /** Whether it may be the folder of a file of this size. */
    public static boolean isSharedOf(String name, long bytes) {
        Matcher matcher = SHARED.matcher(name);
        return matcher.matches() && matcher.group(1).equals(String.valueOf(bytes));
    }

    public static String own(String applicationId, int number) {
        return PREFIX + hex(applicationId) + "-" + number;
    }

    public static String marker(String applicationId) {
        return own(applicationId, 0);
    }

    static String hex(String applicationId) {
        return applicationId.replaceFirst("^spark-", "");
    }

    /** The hex digits of the application whose marker has this name. */
    public static Optional<String> applicationOfMarker(String name) {
        Matcher matcher = OWN.matcher(name);
        return matcher.matches() && matcher.group(2).equals("0") ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Whether it is a folder of this application alone. */
    public static boolean isOwnFolder(String name, String hex) {
        Matcher matcher = OWN.matcher(name);
        return matcher.matches()
                && matcher.group(1).equals(hex)
                && !matcher.group(2).equals("0");
    }

    /** Whether it is the folder of a file, of any application. */
    public static boolean isFolder(String name) {
        return isShared(name) || OWN.matcher(name).matches();
    }

    /** The folder that a file of {@link #condemnedFolder} condemns. */
    public static Optional<String> condemned(String name) {
        Matcher matcher = CONDEMNED.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    public static String condemnedFolder(String root) {
        return below(root, PREFIX + "condemned");
    }

    public static String below(String folder, String name) {
        return folder.endsWith("/") ? folder + name : folder + "/" + name;
    }

    public static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The folder that a path is in; empty for a path without one. */
    public static String parentOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
