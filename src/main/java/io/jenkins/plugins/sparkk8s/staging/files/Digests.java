package io.jenkins.plugins.sparkk8s.staging.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that a file's folder is named after. */
public final class Digests {
    private Digests() {}

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
