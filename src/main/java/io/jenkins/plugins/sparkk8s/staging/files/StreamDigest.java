package io.jenkins.plugins.sparkk8s.staging.files;

import java.security.MessageDigest;

/** The digest of bytes that come in their order. Used by one thread at a time. */
final class StreamDigest {
    private final BlockDigests blocks = new BlockDigests();
    private final MessageDigest block = Digests.sha256();
    private long number;
    private int inBlock;

    void update(byte[] buffer, int length) {
        int done = 0;
        while (done < length) {
            int part = Math.min(length - done, Digests.BLOCK_BYTES - inBlock);
            block.update(buffer, done, part);
            done += part;
            inBlock += part;
            if (inBlock == Digests.BLOCK_BYTES) {
                endBlock();
            }
        }
    }

    private void endBlock() {
        blocks.add(number++, block.digest());
        inBlock = 0;
    }

    /** 64 hex digits; may be called once. */
    String hex() {
        if (inBlock > 0) {
            endBlock();
        }
        return blocks.hex();
    }
}
