package io.jenkins.plugins.sparkk8s.jenkins.log;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;

/**
 * Hides an application's secrets in what is printed, and puts its label before each line. A line is passed on as
 * text, in the encoding of the stream behind; all else is collected to whole lines first.
 */
final class ApplicationStream extends PrintStream {
    private final PrintStream log;
    private final Supplier<SecretMask> mask;
    private final Supplier<String> label;

    ApplicationStream(PrintStream log, Supplier<SecretMask> mask, Supplier<String> label) {
        super(new Lines(log, text -> labelled(label.get(), mask.get().mask(text))), false, StandardCharsets.UTF_8);
        this.log = log;
        this.mask = mask;
        this.label = label;
    }

    private String masked(Object text) {
        return mask.get().mask(String.valueOf(text));
    }

    private String line(Object text) {
        return labelled(label.get(), masked(text));
    }

    private static String labelled(String label, String text) {
        return label.isEmpty() ? text : label + text.replaceAll("\\n(?=.)", Matcher.quoteReplacement("\n" + label));
    }

    @Override
    public void println(String text) {
        log.println(line(text));
    }

    @Override
    public void println(Object text) {
        log.println(line(text));
    }

    @Override
    public void flush() {
        log.flush();
    }

    /** What is written as bytes, line by line. */
    private static final class Lines extends OutputStream {
        private final PrintStream log;
        private final UnaryOperator<String> change;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(PrintStream log, UnaryOperator<String> change) {
            this.log = log;
            this.change = change;
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
            if (!text.isEmpty()) {
                log.print(change.apply(text));
            }
        }
    }
}
