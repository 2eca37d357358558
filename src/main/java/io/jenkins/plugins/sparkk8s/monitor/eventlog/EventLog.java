package io.jenkins.plugins.sparkk8s.monitor.eventlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.airlift.compress.zstd.ZstdInputStream;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.store.ReadableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The event log of one application, in one file or as Spark writes it by default, in a folder of several
 * ({@code EventLogFileWriters}). Plain ones and those that zstd has compressed, Spark's default, can be read.
 */
public final class EventLog {
    private static final Logger LOGGER = Logger.getLogger(EventLog.class.getName());
    private static final String ZSTD = ".zstd";
    private static final List<String> OTHER_CODECS = List.of(".lz4", ".snappy", ".lzf");
    private static final String UNFINISHED = ".inprogress";
    private static final String COMPACTED = ".compact";
    private static final String EVENTS = "events_";

    /** Text, some half a million tasks; a parser takes seconds for it. */
    private static final long MOST_BYTES = 2L << 30;

    private static final long MOST_MILLIS = 45_000;

    private final ReadableFiles files;
    private final String folder;
    private final String application;
    private final EventLogStream.Budget stored = new EventLogStream.Budget(MOST_BYTES, MOST_MILLIS);
    private final EventLogStream.Budget text = new EventLogStream.Budget(MOST_BYTES, MOST_MILLIS);
    private final EventLogParser parser = new EventLogParser();

    private EventLog(ReadableFiles files, String folder, String application) {
        this.files = files;
        this.folder = folder.endsWith("/") ? folder : folder + "/";
        this.application = application;
    }

    /**
     * Reads the log of an application; blocks for at most about a minute.
     *
     * @param folder {@code spark.eventLog.dir}
     * @return empty when there is none
     * @throws IOException with a sentence that says why it cannot be read or used
     */
    public static Optional<EventLogFigures> read(HadoopGateway hadoop, String folder, String application)
            throws IOException, InterruptedException {
        try {
            return hadoop.read(folder, files -> read(files, folder, application));
        } catch (EventLogException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException(HadoopGateway.describe(e, folder), e);
        }
    }

    /**
     * The same with files that are open for reading.
     *
     * @throws EventLogException when it cannot be used
     * @throws IOException when the file system does not give it
     */
    static Optional<EventLogFigures> read(ReadableFiles files, String folder, String application) throws IOException {
        return new EventLog(files, folder, application).read();
    }

    private Optional<EventLogFigures> read() throws IOException {
        String rolled = folder + "eventlog_v2_" + application;
        List<String> parts = files.names(rolled).stream()
                .filter(name -> name.startsWith(EVENTS))
                .sorted(Comparator.comparingLong(EventLog::number))
                .toList();
        if (!parts.isEmpty()) {
            for (String part : parts) {
                if (!add(rolled + "/" + part)) {
                    break;
                }
            }
            return Optional.of(figures());
        }
        Optional<String> single = single();
        if (single.isEmpty()) {
            return Optional.empty();
        }
        add(folder + single.get());
        return Optional.of(figures());
    }

    /** Numbers of nothing would pass for an application that did nothing. */
    private EventLogFigures figures() throws EventLogException {
        if (!parser.hasBegun()) {
            throw new EventLogException("it holds no event of Spark");
        }
        return parser.figures();
    }

    /** As it is called when it is complete, and else while it is written. */
    private Optional<String> single() throws IOException {
        for (String end : List.of("", UNFINISHED)) {
            for (String codec : List.of("", ZSTD, OTHER_CODECS.get(0), OTHER_CODECS.get(1), OTHER_CODECS.get(2))) {
                if (files.isFile(folder + application + codec + end)) {
                    return Optional.of(application + codec + end);
                }
            }
        }
        return Optional.empty();
    }

    /** Of {@code events_2_spark-1.zstd}; a name without a number is none of Spark's, and the last. */
    private static long number(String name) {
        int end = name.indexOf('_', EVENTS.length());
        try {
            return end < 0 ? Long.MAX_VALUE : Long.parseLong(name.substring(EVENTS.length(), end));
        } catch (NumberFormatException e) {
            LOGGER.log(Level.FINE, e, () -> "No file of an event log: " + name);
            return Long.MAX_VALUE;
        }
    }

    /** @return whether it could be read to its end */
    private boolean add(String path) throws IOException {
        String name = path.endsWith(UNFINISHED) ? path.substring(0, path.length() - UNFINISHED.length()) : path;
        if (name.endsWith(COMPACTED)) {
            throw new EventLogException("a history server has compacted it, so that events are missing");
        }
        for (String codec : OTHER_CODECS) {
            if (name.endsWith(codec)) {
                throw new EventLogException(
                        "it is compressed with %s, and only zstd (spark.eventLog.compression.codec) and plain text are read"
                                .formatted(codec.substring(1)));
            }
        }
        return files.read(path, in -> parse(new EventLogStream(in, stored), name.endsWith(ZSTD)));
    }

    /** A driver that is killed leaves the end of the last file out; what is before it counts. */
    private boolean parse(EventLogStream in, boolean compressed) throws IOException {
        try (InputStream decompressed = compressed ? new ZstdInputStream(in) : in) {
            parser.read(new EventLogStream(decompressed, text));
            return true;
        } catch (EventLogException e) {
            throw e;
        } catch (JsonProcessingException | RuntimeException e) {
            LOGGER.log(Level.FINE, "The event log is broken off.", e);
            return false;
        } catch (IOException e) {
            if (in.hasFailed()) {
                throw e;
            }
            LOGGER.log(Level.FINE, "The event log is broken off.", e);
            return false;
        }
    }
}
