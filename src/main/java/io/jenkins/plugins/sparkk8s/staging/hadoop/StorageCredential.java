package io.jenkins.plugins.sparkk8s.staging.hadoop;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What proves to a storage who writes to it. It travels to where files are uploaded, for one call; it is never stored, and no
 * text form of it has a secret.
 */
public sealed interface StorageCredential extends Serializable {

    /** Schemes of the upload paths that it is for, in lower case. */
    Set<String> schemes();

    /** What must not be shown, in any text. */
    List<String> secrets();

    /**
     * Of S3.
     *
     * @param sessionToken of a temporary key; null for none
     */
    record AccessKey(String accessKey, String secretKey, String sessionToken) implements StorageCredential {

        @Override
        public Set<String> schemes() {
            return Set.of("s3a");
        }

        @Override
        public List<String> secrets() {
            return Stream.of(secretKey, sessionToken)
                    .filter(secret -> secret != null && !secret.isEmpty())
                    .toList();
        }

        @Override
        public String toString() {
            return "access key";
        }
    }

    /**
     * Of an Azure storage account.
     *
     * @param key in base64
     */
    record AccountKey(String key) implements StorageCredential {

        @Override
        public Set<String> schemes() {
            return Set.of("abfs", "abfss");
        }

        @Override
        public List<String> secrets() {
            return List.of(key);
        }

        @Override
        public String toString() {
            return "account key";
        }
    }

    /**
     * Of a Google service account.
     *
     * @param json what the file of the key has
     */
    record ServiceAccountKey(String json) implements StorageCredential {

        @Override
        public Set<String> schemes() {
            return Set.of("gs");
        }

        @Override
        public List<String> secrets() {
            return List.of(json);
        }

        @Override
        public String toString() {
            return "service account key";
        }
    }

    /**
     * Of an HDFS with Kerberos.
     *
     * @param principal with its realm
     * @param base64 what the file of the keytab has
     */
    record Keytab(String principal, String base64) implements StorageCredential {

        @Override
        public Set<String> schemes() {
            return Set.of("hdfs", "webhdfs", "swebhdfs");
        }

        @Override
        public List<String> secrets() {
            return List.of(base64);
        }

        @Override
        public String toString() {
            return "keytab of " + principal;
        }
    }
}
