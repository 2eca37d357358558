package io.jenkins.plugins.sparkk8s.staging.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The digest that a file's folder is named after: SHA-256 of the lines that {@code sha256sum} prints for blocks of 1 MiB, so
 * that several threads can compute it. Also a file of one block is digested this way: if its digest were that of its bytes, a
 * file that holds the lines of another would have the digest of that one.
 */
public final class Digests {
    /** The last block of a file may be shorter; a file without bytes has none. */
    public static final int BLOCK_BYTES = 1024 * 1024;

    private Digests() {}

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
