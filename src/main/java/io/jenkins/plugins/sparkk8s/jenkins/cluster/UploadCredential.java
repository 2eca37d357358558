package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.UsernamePasswordCredentials;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Run;
import hudson.security.ACL;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.AccessKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.AccountKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.Keytab;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.ServiceAccountKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The credential of a cluster's upload path, which an administrator keeps at the root of Jenkins. As that for the API server it is
 * looked up with all rights of the system, each time when it is needed, so that a renewed one is used at once.
 */
public final class UploadCredential {
    private static final Logger LOGGER = Logger.getLogger(UploadCredential.class.getName());
    /** A keytab or key of a service account has a few kilobytes. */
    private static final int MOST_BYTES = 1024 * 1024;

    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+={0,2}");
    /** The version that a keytab begins with. */
    private static final int KEYTAB = 5;

    private final SparkCluster cluster;

    private UploadCredential(SparkCluster cluster) {
        this.cluster = cluster;
    }

    /** What a storage takes. */
    enum Kind {
        ACCESS_KEY("a user name with password (access key and secret key), or AWS credentials"),
        ACCOUNT_KEY("a secret text with the key of the storage account"),
        SERVICE_ACCOUNT_KEY("a secret file with the JSON key of a service account"),
        KEYTAB("a secret file with a keytab");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        /** By the scheme of an upload path; empty for a scheme that takes none. */
        static Optional<Kind> of(String uploadPath) {
            String path = Util.fixNull(uploadPath);
            return switch (path.substring(0, Math.max(0, path.indexOf(':'))).toLowerCase(Locale.ROOT)) {
                case "s3a" -> Optional.of(ACCESS_KEY);
                case "abfs", "abfss" -> Optional.of(ACCOUNT_KEY);
                case "gs" -> Optional.of(SERVICE_ACCOUNT_KEY);
                case "hdfs", "webhdfs", "swebhdfs" -> Optional.of(KEYTAB);
                default -> Optional.empty();
            };
        }

        CredentialsMatcher matcher() {
            return switch (this) {
                case ACCESS_KEY ->
                    CredentialsMatchers.anyOf(
                            CredentialsMatchers.instanceOf(UsernamePasswordCredentials.class), AwsKey::is);
                case ACCOUNT_KEY -> CredentialsMatchers.instanceOf(StringCredentials.class);
                case SERVICE_ACCOUNT_KEY, KEYTAB -> CredentialsMatchers.instanceOf(FileCredentials.class);
            };
        }
    }

    /**
     * @param run for the record of the credential's uses; null for none
     * @return null when the cluster names none
     * @throws AbortException when there is no such credential, or it is none for the upload path; without secrets
     */
    public static StorageLogin of(SparkCluster cluster, Run<?, ?> run) throws AbortException {
        return cluster.getUploadCredentialsId() == null || cluster.getUploadPath() == null
                ? null
                : new StorageLogin(cluster.getUploadPath(), new UploadCredential(cluster).read(run));
    }

    /** Whether there is such a credential at the root of Jenkins. */
    static boolean exists(String credentialsId) {
        return find(credentialsId) != null;
    }

    private static StandardCredentials find(String credentialsId) {
        return CredentialsProvider.findCredentialByIdInItemGroup(
                credentialsId, StandardCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
    }

    private StorageCredential read(Run<?, ?> run) throws AbortException {
        StandardCredentials credentials = find(cluster.getUploadCredentialsId());
        if (credentials == null) {
            throw problem("does not exist");
        }
        if (run != null) {
            CredentialsProvider.track(run, credentials);
        }
        Kind kind = Kind.of(cluster.getUploadPath())
                .orElseThrow(() -> problem("cannot be used: paths of this scheme need no credential"));
        return switch (kind) {
            case ACCESS_KEY -> accessKey(credentials);
            case ACCOUNT_KEY -> accountKey(credentials);
            case SERVICE_ACCOUNT_KEY -> serviceAccountKey(credentials);
            case KEYTAB -> keytab(credentials);
        };
    }

    private StorageCredential accessKey(StandardCredentials credentials) throws AbortException {
        if (AwsKey.is(credentials)) {
            try {
                return AwsKey.of(credentials);
            } catch (IOException e) {
                throw problem(e.getMessage());
            }
        }
        if (credentials instanceof UsernamePasswordCredentials pair) {
            return new AccessKey(
                    pair.getUsername().strip(),
                    pair.getPassword().getPlainText().strip(),
                    null);
        }
        throw wrongKind(Kind.ACCESS_KEY);
    }

    /** One that is not base64 would stand in the exception of the client. */
    private StorageCredential accountKey(StandardCredentials credentials) throws AbortException {
        if (!(credentials instanceof StringCredentials text)) {
            throw wrongKind(Kind.ACCOUNT_KEY);
        }
        String key = text.getSecret().getPlainText().strip();
        if (!BASE64.matcher(key).matches() || key.length() % 4 != 0) {
            throw problem("is not the key of a storage account, which is text in base64");
        }
        return new AccountKey(key);
    }

    private StorageCredential serviceAccountKey(StandardCredentials credentials) throws AbortException {
        String json = new String(file(credentials, Kind.SERVICE_ACCOUNT_KEY), StandardCharsets.UTF_8).strip();
        if (!json.startsWith("{") || !json.contains("private_key")) {
            throw problem("is not the JSON key of a Google service account");
        }
        return new ServiceAccountKey(json);
    }

    private StorageCredential keytab(StandardCredentials credentials) throws AbortException {
        byte[] keytab = file(credentials, Kind.KEYTAB);
        if (keytab.length < 3 || keytab[0] != KEYTAB) {
            throw problem("is not a keytab");
        }
        if (cluster.getUploadPrincipal() == null) {
            throw problem("is a keytab, but the cluster has no principal for it");
        }
        return new Keytab(cluster.getUploadPrincipal(), Base64.getEncoder().encodeToString(keytab));
    }

    private byte[] file(StandardCredentials credentials, Kind kind) throws AbortException {
        if (!(credentials instanceof FileCredentials file)) {
            throw wrongKind(kind);
        }
        try (InputStream in = file.getContent()) {
            return in.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "Cannot read the credential " + cluster.getUploadCredentialsId());
            throw problem("cannot be read");
        }
    }

    private AbortException wrongKind(Kind kind) {
        return problem("has another type than %s takes; use %s".formatted(cluster.getUploadPath(), kind.description));
    }

    private AbortException problem(String what) {
        return new AbortException(
                "The credential %s for the upload path of the cluster %s %s. An administrator can choose another one in Manage Jenkins » System."
                        .formatted(cluster.getUploadCredentialsId(), cluster.getName(), what));
    }
}
