package io.jenkins.plugins.sparkk8s.staging.store;

import java.io.IOException;
import java.io.InputStream;

/**
 * What a file is to hold, for a store that takes it in parts: any range can be read at any time, several at once, and again when a
 * part must be repeated. What is read has been taken, as far as progress is concerned, but nothing is reported twice.
 */
public interface Ranges {
    /** Ranges begin at a multiple of this, in bytes. */
    int STEP = 1024 * 1024;

    /** In bytes; more than none. */
    long size();

    /**
     * Reads a range. What is read of the whole file at once is compared with what it must be before the last bytes are given out,
     * so that a store which publishes by the last byte never has another content.
     *
     * @param offset of its first byte, a multiple of {@link #STEP}
     * @param length in bytes; a multiple of {@link #STEP}, but for the last range
     * @throws IOException also when the file is known to have changed, as with reading itself
     */
    InputStream open(long offset, long length) throws IOException;

    /**
     * Called when all ranges have been read to their ends, before the file is published.
     *
     * @throws IOException when that was not what the file must hold
     */
    void verify() throws IOException;

    /** A part has arrived. */
    void progressed();
}
