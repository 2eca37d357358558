package io.jenkins.plugins.sparkk8s.staging.store;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Says in a sentence what a cloud's storage refused. Its client's exceptions are known by what their messages contain: the
 * error codes of the protocols, which are the same with every vendor.
 */
final class CloudErrors {
    private static final String KEYS = "spark.hadoop.fs.s3a.access.key and spark.hadoop.fs.s3a.secret.key";

    private static final String REGION =
            "%s is in another region than the one that is configured; set spark.hadoop.fs.s3a.endpoint.region to the bucket's";
    private static final String NO_BUCKET = "there is no bucket for %s; correct the name, or create it";
    private static final String BUSY = "%s asks for fewer requests and accepts no more for now; try again later";
    private static final String FULL = "%s is full, or over its quota; remove what is not needed, or have it extended";
    private static final String NO_PERMISSION =
            "the credentials have no permission to list or to write %s; give it, or choose another folder";
    private static final String AZURE_KEY = "spark.hadoop.fs.azure.account.key.<account>.dfs.core.windows.net";

    /**
     * @param code as it stands in a message or in the name of an exception
     * @param sentence with a place for the location
     */
    private record Known(String code, boolean passes, String sentence) {}

    /** The first that is found counts. */
    private static final List<Known> ALL = List.of(
            new Known("SignatureDoesNotMatch", false, "%s does not accept the secret key; correct " + KEYS),
            new Known("InvalidAccessKeyId", false, "%s does not know the access key; correct " + KEYS),
            new Known(
                    "NoAuthWithAWSException",
                    false,
                    "there are no credentials for %s; set " + KEYS + ", or give the machine a role"),
            new Known("ExpiredToken", false, "the session token for %s has expired; get a new one"),
            new Known("RequestTimeTooSkewed", false, "the clock of this machine differs from that of %s; correct it"),
            new Known("NoSuchBucket", false, NO_BUCKET),
            new Known("UnknownStoreException", false, NO_BUCKET),
            new Known("AuthorizationHeaderMalformed", false, REGION),
            new Known("AWSRedirectException", false, REGION),
            new Known("PermanentRedirect", false, REGION),
            new Known(":AccessDenied", false, NO_PERMISSION),
            new Known("XMinioStorageFull", false, FULL),
            new Known("QuotaExceeded", false, FULL),
            new Known("SlowDown", true, BUSY),
            new Known("AWSServiceThrottledException", true, BUSY),
            new Known(
                    "KeyProviderException",
                    false,
                    "the account key for %s is missing or not valid; correct " + AZURE_KEY),
            // Shows the key when it is not valid.
            new Known(
                    "Failure to initialize configuration for",
                    false,
                    "the account key for %s is missing or not valid; correct " + AZURE_KEY),
            new Known("AuthenticationFailed", false, "%s does not accept the account key; correct " + AZURE_KEY),
            new Known("AuthorizationPermissionMismatch", false, NO_PERMISSION),
            new Known("FilesystemNotFound", false, "there is no container for %s; correct the name, or create it"),
            new Known(
                    "invalid_grant",
                    false,
                    "Google does not accept the key of the service account for %s; make a new key in its console"),
            new Known("The specified bucket does not exist", false, NO_BUCKET),
            new Known(" does not have storage.", false, NO_PERMISSION));

    /** Only what their clients throw may be searched: a file may have any of these words in its name. */
    private static final Pattern CLIENTS =
            Pattern.compile("s3a://.*|abfss?://.*|wasbs?://.*|gs://.*", Pattern.CASE_INSENSITIVE);

    private CloudErrors() {}

    /** @return null when it is none that is known */
    static String sentence(Throwable error, String location) {
        if (!CLIENTS.matcher(location).matches()) {
            return null;
        }
        for (Known known : ALL) {
            for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                if (cause.toString().contains(known.code())) {
                    return known.sentence().formatted(location);
                }
            }
        }
        return null;
    }

    /** Whether the storage will refuse it again; throttling passes. */
    static boolean isRefusal(Throwable error) {
        // Those of Azure leave their name out of their text.
        String text = error.toString();
        String name = error.getClass().getName();
        return (name.startsWith("org.apache.hadoop.fs.") || name.startsWith("com.google.cloud."))
                && ALL.stream().filter(known -> !known.passes()).anyMatch(known -> text.contains(known.code()));
    }
}
