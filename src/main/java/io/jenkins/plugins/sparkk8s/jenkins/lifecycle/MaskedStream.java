package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Hides secrets in what is printed. Texts go on as texts, in the encoding of the stream behind; bytes are put together to
 * whole lines first.
 */
final class MaskedStream extends PrintStream {
    private final PrintStream log;
    private final Supplier<SecretMask> mask;

    MaskedStream(PrintStream log, Supplier<SecretMask> mask) {
        super(new Lines(log, mask), false, StandardCharsets.UTF_8);
        this.log = log;
        this.mask = mask;
    }

    private String masked(Object text) {
        return mask.get().mask(String.valueOf(text));
    }

    @Override
    public void println(String text) {
        log.println(masked(text));
    }

    @Override
    public void println(Object text) {
        log.println(masked(text));
    }

    @Override
    public void print(String text) {
        log.print(masked(text));
    }

    @Override
    public void print(Object text) {
        log.print(masked(text));
    }

    @Override
    public void flush() {
        log.flush();
    }

    /** What is written as bytes, line by line. */
    private static final class Lines extends OutputStream {
        private final PrintStream log;
        private final Supplier<SecretMask> mask;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(PrintStream log, Supplier<SecretMask> mask) {
            this.log = log;
            this.mask = mask;
        }

        @Override
        public synchronized void write(int octet) {
            line.write(octet);
            if (octet == '\n') {
                forward();
            }
        }

        @Override
        public synchronized void close() {
            forward();
            log.close();
        }

        private void forward() {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            log.print(mask.get().mask(text));
        }
    }
}
