package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLogTest {
    private static final LogQuery ALL = new LogQuery(false, false, false, null, null, null);
    private static final LogQuery TIMES = new LogQuery(false, true, false, null, null, null);
    private static final int PART = ContainerLog.PART_BYTES;

    @TempDir
    Path folder;

    private ContainerLog log;

    @BeforeEach
    void begin() throws Exception {
        log = new ContainerLog(folder.resolve("log"));
    }

    @Test
    void cutsALongLineIntoPartsOfWhichOnlyTheLastIsFull() throws Exception {
        print("first\n" + "x".repeat(2 * PART + 1) + "\nlast\n");

        List<String> lines = Files.readAllLines(log.file());

        assertThat(lines)
                .extracting(line -> line.substring(line.indexOf(" stdout ")).length() - " stdout F ".length())
                .containsExactly("first".length(), PART, PART, 1, "last".length());
        assertThat(lines).extracting(line -> line.split(" ")[2]).containsExactly("F", "P", "P", "F", "F");
    }

    @Test
    void leavesALineOfExactlyOnePartWhole() throws Exception {
        print("x".repeat(PART) + "\n");

        assertThat(Files.readAllLines(log.file())).hasSize(1).allMatch(line -> line.contains(" stdout F x"));
    }

    @Test
    void joinsThePartsForReaders() throws Exception {
        String text = "first\n" + "x".repeat(3 * PART) + "é\nlast\n";
        print(text);

        assertThat(read(ALL)).isEqualTo(text);
        assertThat(read(TIMES).replaceAll("(?m)^\\S+Z ", "")).isEqualTo(text);
    }

    @Test
    void countsPartsAsLinesAtTheEndAsAKubeletDoes() throws Exception {
        print("first\n" + "x".repeat(PART) + "end\nlast\n");

        assertThat(read(new LogQuery(false, false, false, 2, null, null))).isEqualTo("end\nlast\n");
        assertThat(read(new LogQuery(false, false, false, 0, null, null))).isEmpty();
        assertThat(read(new LogQuery(false, false, false, 100, null, null))).startsWith("first\n");
    }

    @Test
    void endsALogWithoutANewlineWithoutOne() throws Exception {
        print("first\nunfinished");

        assertThat(read(ALL)).isEqualTo("first\nunfinished");
        assertThat(LogReader.tail(log.file())).isEqualTo("first\nunfinished");
    }

    @Test
    void keepsAndGivesALineOfAHundredMegabytesAndWhatFollows() throws Exception {
        long size = 100L << 20;

        log.copy(new SequenceInputStream(
                new Zeros(size), new ByteArrayInputStream("\nlast\n".getBytes(StandardCharsets.UTF_8))));
        Counter counter = new Counter();
        new LogReader(ALL, counter).copy(log);

        assertThat(counter.bytes).isEqualTo(size + "\nlast\n".length());
        assertThat(LogReader.tail(log.file())).hasSize(2048).endsWith("\nlast\n");
    }

    private void print(String text) throws Exception {
        log.copy(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String read(LogQuery query) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new LogReader(query, out).copy(log);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** As long a line as wanted. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? '0' : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            Arrays.fill(buffer, offset, offset + count, (byte) '0');
            left -= count;
            return count;
        }
    }

    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int value) {
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            bytes += length;
        }
    }
}
