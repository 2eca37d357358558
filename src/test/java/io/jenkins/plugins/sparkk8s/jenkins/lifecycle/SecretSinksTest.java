package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.thoughtworks.xstream.XStream;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.failure.Failures;
import io.jenkins.plugins.sparkk8s.jenkins.failure.SparkApplicationException;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.log.ApplicationListener;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.submission.ApplicationSecrets;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No sink of the plugin has a secret while the controller runs. */
class SecretSinksTest extends SecretSinksCase {
    @Test
    void masksSecretsThatADriverReportsInItsPod() throws Exception {
        Application application = controller.application(secretStep()).start();
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
        assertClean("API", api.toXML(SparkApplicationRun.of(application.record())));
        assertThat(SparkApplicationRun.of(application.record()).getDetails())
                .anyMatch(detail -> detail.contains(HIDDEN));
        assertThat(controller.log()).contains("wrong password " + HIDDEN);
    }

    @Test
    void masksSecretsInTheKeptLog() {
        String line = Instant.now() + " kept: " + revealing().replace('\n', ' ');
        controller.server.faults().answerBody(1000, RequestMatch.of("get", "pods/log"), 200, "text/plain", line + "\n");
        Application application = controller.application(secretStep()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        controller.driverEnds(0);
        application.end.join();

        assertThat(home.resolve("spark-logs").resolve("id").resolve("driver.log.gz"))
                .satisfies(file -> assertThat(text(file)).contains("kept: ", HIDDEN));
    }

    /** An application that gets one as an argument may print it; the build hides it in its own log alone. */
    @Test
    void masksWhatTheBuildItselfHides() {
        String password = "hunter4-of-withCredentials";
        controller.run.sensitive.put("DB_PASSWORD", password);
        secrets.add(password);
        String line = Instant.now() + " kept: " + password;
        controller.server.faults().answerBody(1000, RequestMatch.of("get", "pods/log"), 200, "text/plain", line + "\n");
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        driverFails("wrong password " + password);

        assertClean("failure", failure(application).toString());
        assertClean("build log", controller.log());
        assertClean("build.xml", buildXml());
        assertThat(controller.log()).contains("wrong password " + HIDDEN);
        assertThat(home.resolve("spark-logs").resolve("id").resolve("driver.log.gz"))
                .satisfies(file -> assertThat(text(file)).contains("kept: " + HIDDEN));
    }

    /** They are reported before any credential has been looked up. */
    @Test
    void masksWhatTheBuildItselfHidesInArgumentsThatAreWrong() {
        String password = "hunter4-of-withCredentials";
        controller.run.sensitive.put("DB_PASSWORD", password);
        secrets.add(password);
        SparkK8sSubmitStep step = step();
        step.setName("report for " + password);
        step.setTimeout(password);
        Application application = controller.application(step).start();

        assertClean("failure", failure(application).toString());
        assertClean("build.xml", buildXml());
        assertThat(buildXml()).contains("timeout is &apos;%s&apos;".formatted(HIDDEN));
        assertThat(SparkApplicationRun.of(application.record()).getName()).isEqualTo("report for " + HIDDEN);
    }

    @Test
    void theNameOfTheApplicationIsNoWayOut() {
        SparkK8sSubmitStep step = secretStep();
        step.setName("report for " + LONGER);
        step.setNamespace(LONGER);
        Application application = controller.application(step).start();

        assertThat(failure(application).toString()).doesNotContain(LONGER);
        assertClean("build.xml", buildXml());
        assertClean("build log", controller.log());
        assertThat(SparkApplicationRun.of(application.record()).getName()).isEqualTo("report for " + HIDDEN);
    }

    @Test
    void hidesTheOldAndTheNewValueOfACredentialWhileTheControllerRuns() throws Exception {
        Application application = controller.application(secretStep()).start();
        controller.driverRuns();
        ApplicationRecord record = application.record();
        credential(1, "rotated-meanwhile");

        TestBuildContext build = new TestBuildContext(secretStep(), controller.run, null, null, null);
        new ApplicationSecrets(record, controller.run).lookUp(secretStep().getSecretConf(), build, Map.of());

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
}
