package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.thoughtworks.xstream.XStream;
import hudson.util.Secret;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.jenkins.plugins.sparkk8s.conf.Redaction;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test that values of {@code secretConf} are in no sink of the plugin, whatever the application, its pod and the API server do
 * with them.
 *
 * <p>The sinks, each with what brings a value there:
 * <ul>
 * <li>the build log: lines of the driver, the driver pod's waiting and termination messages, events, the summary, lines
 * of the submission, sentences of the pre-flight, warnings about the configuration;
 * <li>the failure of the step, which Pipeline keeps on the disk with its flow graph: message, causes, suppressed
 * failures;
 * <li>the record of the application in {@code build.xml}: name, reason, details, monitor's configuration;
 * <li>the object that the step returns, {@code <build>/spark/api} and the boxes, all made of the record and the live
 * state;
 * <li>the checkpoint file beside the build's log, and the kept logs of containers;
 * <li>the list of open applications in Jenkins' home;
 * <li>the system log: messages, parameters and failures of our records.
 * </ul> The last check of each test looks into every file of the controller's home.
 */
abstract class SecretSinksCase extends LifecycleCase {
    static final String HIDDEN = Redaction.REPLACEMENT;
    static final String LONGER = "hunter2-hunter2";

    /** With several lines, with characters of regular expressions and URLs, and two that begin alike. */
    static final List<String> VALUES =
            List.of("first line of it\nsecond line of it", "(a+)+$[b]{9}.*\\Q?x=1&y", "hunter2-h", LONGER);

    final List<String> systemLog = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("io.jenkins.plugins.sparkk8s");
    private final Handler handler = new Collector();
    final List<String> secrets = new ArrayList<>(VALUES);

    @BeforeEach
    @Override
    public void start() {
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
        super.start();
        for (int i = 0; i < VALUES.size(); i++) {
            credential(i, VALUES.get(i));
        }
    }

    @AfterEach
    @Override
    public void stop() throws IOException {
        super.stop();
        logger.removeHandler(handler);
        logger.setLevel(null);
        for (int i = 0; i < VALUES.size(); i++) {
            CredentialsProvider.put("c" + i, null);
        }
        assertClean("system log", String.join("\n", systemLog));
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertClean(file.toString(), text(file));
            }
        }
    }

    static String text(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    static void credential(int number, String value) {
        CredentialsProvider.put("c" + number, value == null ? null : new TextCredential("c" + number, value));
    }

    /** With all the values. */
    static SparkK8sSubmitStep secretStep() {
        SparkK8sSubmitStep step = step();
        List<SecretConf> entries = new ArrayList<>();
        for (int i = 0; i < VALUES.size(); i++) {
            entries.add(new SecretConf("spark.my.password" + i, "c" + i));
        }
        step.setSecretConf(entries);
        return step;
    }

    /** All that a program may make of the values. */
    static String revealing() {
        List<String> forms = new ArrayList<>();
        for (String value : VALUES) {
            forms.add(value);
            forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
            forms.add(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
            forms.add(Base64.getEncoder().encodeToString(("joe:" + value).getBytes(StandardCharsets.UTF_8)));
        }
        return String.join(" ", forms);
    }

    void assertClean(String sink, String text) {
        String decoded = text.replace("&quot;", "\"").replace("&amp;", "&");
        for (String secret : secrets) {
            for (String line : secret.split("\n")) {
                assertThat(decoded).as(sink).doesNotContain(line);
            }
            assertThat(decoded)
                    .as(sink)
                    .doesNotContain(URLEncoder.encode(secret, StandardCharsets.UTF_8))
                    .doesNotContain(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
        }
    }

    void driverWaits(String message) {
        controller.status(
                "Pending",
                new ContainerStateBuilder()
                        .withNewWaiting()
                        .withReason("CreateContainerError")
                        .withMessage(message)
                        .endWaiting());
    }

    void driverFails(String message) {
        controller.status(
                "Failed",
                new ContainerStateBuilder()
                        .withNewTerminated()
                        .withExitCode(1)
                        .withMessage(message)
                        .withStartedAt(Instant.now().toString())
                        .withFinishedAt(Instant.now().toString())
                        .endTerminated());
    }

    /** What Jenkins would write into {@code build.xml}. */
    static XStream xstream() {
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"io.jenkins.plugins.sparkk8s.jenkins.**", "hudson.util.Secret"});
        xstream.omitField(SparkApplicationsAction.class, "run");
        return xstream;
    }

    String buildXml() {
        return xstream().toXML(SparkApplicationsAction.of(controller.run));
    }

    record TextCredential(String id, String text) implements StringCredentials {
        @Override
        public String getId() {
            return id;
        }

        @Override
        public String getDescription() {
            return id;
        }

        @Override
        public Secret getSecret() {
            return Secret.fromString(text);
        }
    }

    private final class Collector extends Handler {
        Collector() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            StringWriter text = new StringWriter();
            text.append(String.valueOf(record.getMessage())).append(Arrays.toString(record.getParameters()));
            if (record.getThrown() != null) {
                record.getThrown().printStackTrace(new PrintWriter(text, true));
            }
            systemLog.add(text.toString());
        }

        @Override
        public void flush() {
            // Nothing is kept back.
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
