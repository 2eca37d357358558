package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.thoughtworks.xstream.XStream;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.util.Secret;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.jenkins.plugins.sparkk8s.conf.Redaction;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.log.ApplicationListener;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values of {@code secretConf} are in no sink of the plugin, whatever the application, its pod and the API server do
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
 * <li>the checkpoint file beside the build's log;
 * <li>the list of open applications in Jenkins' home;
 * <li>the system log: messages, parameters and failures of our records.
 * </ul> The last check of each test looks into every file of the controller's home.
 */
class SecretSinksTest {
    private static final String HIDDEN = Redaction.REPLACEMENT;
    private static final String CONF_SECRET = "conf-hunter3-hunter3";
    private static final String UPLOAD_SECRET = "c3dvcmRmaXNoc3dvcmRmaXNo";
    private static final String LONGER = "hunter2-hunter2";

    /** With several lines, with characters of regular expressions and URLs, and two that begin alike. */
    private static final List<String> VALUES =
            List.of("first line of it\nsecond line of it", "(a+)+$[b]{9}.*\\Q?x=1&y", "hunter2-h", LONGER);

    private final List<String> systemLog = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("io.jenkins.plugins.sparkk8s");
    private final Handler handler = new Collector();
    private final List<String> secrets = new ArrayList<>(VALUES);

    @TempDir
    Path home;

    private TestController controller;

    @BeforeEach
    void start() {
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
        controller = new TestController(home);
        for (int i = 0; i < VALUES.size(); i++) {
            credential(i, VALUES.get(i));
        }
    }

    @AfterEach
    void stop() throws IOException {
        controller.close();
        logger.removeHandler(handler);
        logger.setLevel(null);
        for (int i = 0; i < VALUES.size(); i++) {
            CredentialsProvider.put("c" + i, null);
        }
        assertClean("system log", String.join("\n", systemLog));
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertClean(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void credential(int number, String value) {
        CredentialsProvider.put("c" + number, value == null ? null : new TextCredential("c" + number, value));
    }

    private static SparkK8sSubmitStep step() {
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();
        step.setApplication("local:///opt/app.jar");
        step.setMainClass("com.acme.Report");
        List<SecretConf> entries = new ArrayList<>();
        for (int i = 0; i < VALUES.size(); i++) {
            entries.add(new SecretConf("spark.my.password" + i, "c" + i));
        }
        step.setSecretConf(entries);
        step.setFollowDriverLog(false);
        return step;
    }

    /** All that a program may make of the values. */
    private static String revealing() {
        List<String> forms = new ArrayList<>();
        for (String value : VALUES) {
            forms.add(value);
            forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
            forms.add(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
            forms.add(Base64.getEncoder().encodeToString(("joe:" + value).getBytes(StandardCharsets.UTF_8)));
        }
        return String.join(" ", forms);
    }

    private void assertClean(String sink, String text) {
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

    private static Throwable failure(Application application) {
        try {
            application.end.join();
        } catch (CompletionException e) {
            return e.getCause();
        }
        throw new AssertionError("the application succeeded");
    }

    private void driverWaits(String message) {
        controller.status(
                "Pending",
                new ContainerStateBuilder()
                        .withNewWaiting()
                        .withReason("CreateContainerError")
                        .withMessage(message)
                        .endWaiting());
    }

    private void driverFails(String message) {
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
    private static XStream xstream() {
        XStream xstream = new XStream();
        xstream.allowTypesByWildcard(new String[] {"io.jenkins.plugins.sparkk8s.jenkins.build.**"});
        xstream.omitField(SparkApplicationsAction.class, "run");
        return xstream;
    }

    private String buildXml() {
        return xstream().toXML(SparkApplicationsAction.of(controller.run));
    }

    /** Another controller comes up, which has read the build from the disk. */
    private void restart() throws ReflectiveOperationException {
        controller.restart();
        SparkApplicationsAction action = SparkApplicationsAction.of(controller.run);
        Field applications = SparkApplicationsAction.class.getDeclaredField("applications");
        applications.setAccessible(true);
        applications.set(action, applications.get(xstream().fromXML(buildXml())));
    }

    @Test
    void masksSecretsThatADriverReportsInItsPod() throws Exception {
        Application application = controller.application(step()).start();
        driverWaits(revealing());
        controller.awaitLog("[driver] Pending: CreateContainerError: " + HIDDEN);
        await().until(() -> !controller.checkpoints().isEmpty());
        String checkpoint = Files.readString(controller.checkpoints().get(0).toPath());
        controller.driverRuns();
        controller.awaitLog(" Running");
        assertClean("status", application.lifecycle.status());
        driverFails("wrong password " + revealing());

        Throwable failure = failure(application);

        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        ByteArrayOutputStream flowGraph = new ByteArrayOutputStream();
        new ObjectOutputStream(flowGraph).writeObject(failure);
        assertClean("failure", trace.toString());
        assertClean("flow graph", flowGraph.toString(StandardCharsets.ISO_8859_1));
        assertClean("checkpoint", checkpoint);
        assertClean("build.xml", buildXml());
        assertClean("build log", controller.log());
        assertThat(buildXml()).contains("wrong password " + HIDDEN, "c0");
        XStream api = new XStream();
        assertClean("API", api.toXML(application.record().toRun()));
        assertThat(application.record().toRun().getDetails()).anyMatch(detail -> detail.contains(HIDDEN));
        assertThat(controller.log()).contains("wrong password " + HIDDEN);
    }

    @Test
    void theNameOfTheApplicationIsNoWayOut() {
        SparkK8sSubmitStep step = step();
        step.setName("report for " + LONGER);
        step.setNamespace(LONGER);
        Application application = controller.application(step).start();

        assertThat(failure(application).toString()).doesNotContain(LONGER);
        assertClean("build.xml", buildXml());
        assertClean("build log", controller.log());
        assertThat(application.record().toRun().getName()).isEqualTo("report for " + HIDDEN);
    }

    @Test
    void theNextControllerLooksThemUpAgain() throws Exception {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");

        restart();
        application.resume();
        controller.awaitLog("the controller has restarted");
        driverFails("wrong password " + revealing());

        failure(application);
        assertClean("build log", controller.log());
        assertClean("build.xml", buildXml());
        assertThat(controller.log()).contains("wrong password " + HIDDEN).doesNotContain("kubectl");
    }

    @Test
    void theNextControllerShowsNothingOfTheDriverWhenACredentialIsGone() throws Exception {
        showsNothingAfter(() -> credential(1, null));
    }

    /** The driver still has the value that it got. */
    @Test
    void theNextControllerShowsNothingOfTheDriverWhenACredentialHasAnotherValue() throws Exception {
        showsNothingAfter(() -> credential(1, "rotated-meanwhile"));
    }

    @Test
    void theNextControllerHidesWhatLooksSecretInConf() throws Exception {
        SparkK8sSubmitStep step = step();
        step.setConf("spark.acme.api.password=" + CONF_SECRET);
        resumesWith(step);

        assertThat(controller.log()).contains("wrong password " + HIDDEN).doesNotContain("kubectl");
    }

    @Test
    void theNextControllerShowsNothingOfTheDriverWhenAPropertiesFileHasSecrets(@TempDir Path workspace)
            throws Exception {
        Files.writeString(workspace.resolve("spark.conf"), "spark.acme.api.password " + CONF_SECRET);
        controller.workspace(new FilePath(workspace.toFile()));
        SparkK8sSubmitStep step = step();
        step.setPropertiesFile("spark.conf");
        resumesWith(step);

        assertThat(controller.log()).contains("Read the log with: kubectl").doesNotContain("wrong password");
    }

    /** It is not for the driver; a driver that has the same from elsewhere may print it. */
    @Test
    void masksTheCredentialOfTheUploadPathAlsoAfterARestart() throws Exception {
        CredentialsProvider.put("upload", new TextCredential("upload", UPLOAD_SECRET));
        secrets.add(UPLOAD_SECRET);
        controller.uploadTo("abfss://c@acct.dfs.core.windows.net/spark", "upload");
        Application application = controller.application(step()).start();
        driverWaits("first " + UPLOAD_SECRET);
        controller.awaitLog("CreateContainerError: first " + HIDDEN);
        controller.driverRuns();
        controller.awaitLog(" Running");

        restart();
        application.resume();
        controller.awaitLog("the controller has restarted");
        driverFails("then " + UPLOAD_SECRET);

        failure(application);
        CredentialsProvider.put("upload", null);
        assertClean("build log", controller.log());
        assertClean("build.xml", buildXml());
        assertThat(controller.log()).contains("then " + HIDDEN);
        assertThat(controller
                        .client
                        .secrets()
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .toString())
                .doesNotContain(UPLOAD_SECRET);
    }

    private void resumesWith(SparkK8sSubmitStep step) throws Exception {
        secrets.add(CONF_SECRET);
        Application application = controller.application(step).start();
        controller.driverRuns();
        controller.awaitLog(" Running");

        restart();
        application.resume();
        controller.awaitLog("the controller has restarted");
        driverFails("wrong password " + CONF_SECRET);

        assertThat(failure(application)).hasMessageStartingWith("The driver ended with exit code 1");
        assertClean("build log", controller.log());
        assertClean("build.xml", buildXml());
    }

    private void showsNothingAfter(Runnable change) throws Exception {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");

        change.run();
        restart();
        application.resume();
        controller.awaitLog("Read the log with: kubectl logs --namespace default ");
        driverFails("wrong password " + revealing());

        assertThat(failure(application)).hasMessageStartingWith("The driver ended with exit code 1");
        assertThat(controller.log()).doesNotContain("wrong password");
        assertThat(application.record().toRun().getDetails()).isEmpty();
        assertClean("build log", controller.log());
        assertClean("build.xml", buildXml());
    }

    @Test
    void hidesTheOldAndTheNewValueOfACredentialWhileTheControllerRuns() throws Exception {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        ApplicationRecord record = application.record();
        credential(1, "rotated-meanwhile");

        new ApplicationSecrets(record, controller.run).lookUp(step().getSecretConf(), new EnvVars(), Map.of());

        assertThat(record.mask().mask("old " + VALUES.get(1) + " new rotated-meanwhile"))
                .isEqualTo("old " + HIDDEN + " new " + HIDDEN);
    }

    @Test
    void anUnexpectedFailureHasThemNeitherInTheBuildNorInTheSystemLog() {
        SecretMask mask = SecretMask.none().and(VALUES);
        Exception cause = new IllegalStateException("x", new IOException(revealing()));
        cause.addSuppressed(new IOException(revealing()));

        SparkApplicationException failure = Failures.of(cause, mask);
        SparkApplicationException refused = Failures.of(new IOException("no " + revealing(), cause), mask);

        assertClean("failure", failure.getMessage());
        assertClean("failure", refused.getMessage());
        assertThat(refused.kind()).isEqualTo(SparkApplicationException.Kind.INFRASTRUCTURE);
        assertThat(systemLog).anyMatch(line -> line.contains("Unexpected failure"));
    }

    @Test
    void everyWayToPrintIsMasked() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream log = new PrintStream(written, true, StandardCharsets.UTF_8);
        PrintStream masked =
                new ApplicationListener(() -> log, () -> SecretMask.none().and(VALUES), () -> "").getLogger();

        for (String value : VALUES) {
            masked.println(value);
            masked.println((Object) value);
            masked.println(value.toCharArray());
            masked.print(value);
            masked.println();
            masked.printf("formatted %s%n", value);
            masked.append(value).append('\n');
            masked.writeBytes((value + "\n").getBytes(StandardCharsets.UTF_8));
        }
        masked.println("ünï");
        masked.write('x');
        masked.close();

        String text = written.toString(StandardCharsets.UTF_8);
        assertClean("build log", text);
        assertThat(text).contains("formatted " + HIDDEN, "ünï").endsWith("x");
        assertThat(text.lines().count()).isGreaterThanOrEqualTo(7L * VALUES.size());
    }

    private record TextCredential(String id, String text) implements StringCredentials {
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
