package io.jenkins.plugins.sparkk8s.jenkins.agent;

import java.util.regex.Pattern;

/** Names of the directories that uploading makes, which are the only ones that are ever removed. */
final class UploadDirectories {
    private static final Pattern NAME = Pattern.compile("(.*/)?spark-upload-([0-9a-f]{32})-[0-9]+");

    private UploadDirectories() {}

    static boolean is(String directory) {
        return NAME.matcher(directory).matches() && !climbs(directory);
    }

    static boolean isOf(String applicationId, String directory) {
        return is(directory)
                && directory.contains("/spark-upload-%s-".formatted(applicationId.replaceFirst("^spark-", "")));
    }

    private static boolean climbs(String directory) {
        return ("/" + directory + "/").contains("/../");
    }
}
