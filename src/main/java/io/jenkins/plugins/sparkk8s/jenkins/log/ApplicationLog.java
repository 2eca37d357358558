package io.jenkins.plugins.sparkk8s.jenkins.log;

import io.jenkins.plugins.sparkk8s.monitor.output.ApplicationOutput;
import java.io.IOException;
import java.util.List;

/** Where the lines of one application go, and what can be read of it again after a restart. */
public interface ApplicationLog extends ApplicationOutput {

    /**
     * Writes out what is still in memory.
     *
     * @return where the next line will be, for {@link #linesFrom}
     */
    long flush() throws IOException;

    /** The lines that were written at this place and later, by whomever; none when that is not known. */
    List<String> linesFrom(long place) throws IOException;
}
