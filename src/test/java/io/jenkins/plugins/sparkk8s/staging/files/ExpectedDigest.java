package io.jenkins.plugins.sparkk8s.staging.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** The digest of a file as docs/staging.md defines it, computed in the simplest way. */
public final class ExpectedDigest {
    private static final int BLOCK = 1 << 20;

    private ExpectedDigest() {}

    public static String of(byte[] content) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int from = 0; from < content.length; from += BLOCK) {
            lines.append(sha256(Arrays.copyOfRange(content, from, Math.min(content.length, from + BLOCK))))
                    .append("  -\n");
        }
        return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    public static String of(String content) throws Exception {
        return of(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
