package io.jenkins.plugins.sparkk8s.jenkins.log;

import java.io.IOException;
import java.io.InputStream;

/** Where the lines of one application go, and where they can be read again after a restart. */
public interface ApplicationLog {

    /** @param text one line without its end */
    void line(String text);

    /**
     * Writes out what is still in memory.
     *
     * @return the offset of the next line, for {@link #from}; 0 when it is not known
     */
    long flush() throws IOException;

    /**
     * What was written from an offset on, by whomever; to be closed by the caller.
     *
     * @param offset in bytes; where it is not known, or beyond the end, an earlier one is taken
     */
    InputStream from(long offset) throws IOException;
}
