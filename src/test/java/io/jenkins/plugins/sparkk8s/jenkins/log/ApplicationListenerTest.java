package io.jenkins.plugins.sparkk8s.jenkins.log;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.TaskListener;
import io.jenkins.plugins.sparkk8s.conf.Redaction;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The application's name and the mask are on every line, of any writer. */
class ApplicationListenerTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicReference<String> label = new AtomicReference<>("[report] ");
    private final PrintStream log = new PrintStream(written, true, StandardCharsets.UTF_8);
    private final ApplicationListener listener =
            new ApplicationListener(() -> log, () -> SecretMask.none().and(List.of("hunter2-hunter2")), label::get);

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachLineBeginsWithTheLabel() {
        PrintStream stream = listener.getLogger();

        stream.println("[submit] created Pod/a with hunter2-hunter2");
        stream.println("two\nlines\n");
        stream.printf("formatted %d%n", 1);
        stream.writeBytes("bytes\n".getBytes(StandardCharsets.UTF_8));

        assertThat(text().lines())
                .containsExactly(
                        "[report] [submit] created Pod/a with " + Redaction.REPLACEMENT,
                        "[report] two",
                        "[report] lines",
                        "",
                        "[report] formatted 1",
                        "[report] bytes");
    }

    @Test
    void theOnlyApplicationOfABuildHasNoLabel() {
        label.set("");

        listener.getLogger().println("two\nlines");

        assertThat(text().lines()).containsExactly("two", "lines");
    }

    @Test
    void anAgentWritesTheLabelToo() throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        new ObjectOutputStream(wire)
                .writeObject(new ApplicationListener(new Remote(), SecretMask::none, () -> "[report] "));
        TaskListener onAgent =
                (TaskListener) new ObjectInputStream(new ByteArrayInputStream(wire.toByteArray())).readObject();

        onAgent.getLogger().println("[upload] a.jar");
        ((AutoCloseable) onAgent).close();

        assertThat(Remote.lines()).containsExactly("[report] [upload] a.jar", "closed");
    }

    /** What Jenkins gives an agent: it has a connection back, and closing it sends what was written. */
    private static final class Remote implements TaskListener, AutoCloseable {
        private static final long serialVersionUID = 1L;

        private static final ThreadLocal<ByteArrayOutputStream> SENT =
                ThreadLocal.withInitial(ByteArrayOutputStream::new);

        static List<String> lines() {
            return SENT.get().toString(StandardCharsets.UTF_8).lines().toList();
        }

        @Override
        public PrintStream getLogger() {
            return new PrintStream(SENT.get(), true, StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            SENT.get().writeBytes("closed\n".getBytes(StandardCharsets.UTF_8));
        }
    }
}
