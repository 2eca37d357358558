package io.jenkins.plugins.sparkk8s.staging.files;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The digest of a file, put together from those of its blocks, which may come in any order and on several threads. */
final class BlockDigests {
    private final MessageDigest lines = Digests.sha256();
    /** Of blocks that came before the one that is next; there are no more of them than threads. */
    private final Map<Long, byte[]> early = new HashMap<>();

    private long next;

    /** @param number of the block, from 0 */
    synchronized void add(long number, byte[] sha256) {
        early.put(number, sha256);
        for (byte[] digest = early.remove(next); digest != null; digest = early.remove(next)) {
            lines.update((HexFormat.of().formatHex(digest) + "  -\n").getBytes(StandardCharsets.US_ASCII));
            next++;
        }
    }

    /** 64 hex digits, when all blocks have been added; may be called once. */
    synchronized String hex() {
        if (!early.isEmpty()) {
            throw new IllegalStateException("block %d has not been digested".formatted(next));
        }
        return HexFormat.of().formatHex(lines.digest());
    }
}
