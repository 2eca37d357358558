package io.jenkins.plugins.sparkk8s.monitor.eventlog;

import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes on their way to the parser: counted, within a time limit, and with a note of whether it was the store that failed. Of what is
 * behind it any other failure means that the log is broken.
 */
final class EventLogStream extends InputStream {
    private final InputStream in;
    private final Budget budget;
    private boolean failed;

    /** How much may be read of all files of a log. */
    static final class Budget {
        private final long end;
        private final long mostMillis;
        private final long mostBytes;
        private long left;

        Budget(long mostBytes, long mostMillis) {
            this.mostBytes = mostBytes;
            this.left = mostBytes;
            this.mostMillis = mostMillis;
            this.end = System.nanoTime() + mostMillis * 1_000_000;
        }

        private void take(int bytes) throws EventLogException {
            left -= bytes;
            if (left < 0) {
                throw new EventLogException("it has more than %d MB".formatted(mostBytes >> 20));
            }
            if (System.nanoTime() - end > 0) {
                throw new EventLogException("it takes longer than %d seconds".formatted(mostMillis / 1000));
            }
        }
    }

    EventLogStream(InputStream in, Budget budget) {
        this.in = in;
        this.budget = budget;
    }

    /** Whether a read did not give what is stored, or more than the budget was asked for. */
    boolean hasFailed() {
        return failed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = in.read(bytes, offset, length);
            budget.take(Math.max(0, count));
            return count;
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
