package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.FilePath;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecords;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.wait.OtherBuild;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The next controller, which has not looked up the secrets itself, shows none of them. */
class SecretsAfterRestartTest extends SecretSinksCase {
    private static final String CONF_SECRET = "conf-hunter3-hunter3";
    private static final String UPLOAD_SECRET = "c3dvcmRmaXNoc3dvcmRmaXNo";

    /** Another controller comes up, which has read the build from the disk. */
    private void restart() throws ReflectiveOperationException {
        controller.restart();
        SparkApplicationsAction action = SparkApplicationsAction.of(controller.run);
        Field records = accessible(SparkApplicationsAction.class.getDeclaredField("records"));
        Field list = accessible(ApplicationRecords.class.getDeclaredField("records"));
        list.set(records.get(action), list.get(records.get(xstream().fromXML(buildXml()))));
    }

    private static Field accessible(Field field) {
        field.setAccessible(true);
        return field;
    }

    @Test
    void theNextControllerLooksThemUpAgain() throws Exception {
        Application application = controller.application(secretStep()).start();
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
        SparkK8sSubmitStep step = secretStep();
        step.setConf("spark.acme.api.password=" + CONF_SECRET);
        resumesWith(step);

        assertThat(controller.log()).contains("wrong password " + HIDDEN).doesNotContain("kubectl");
    }

    @Test
    void theNextControllerShowsNothingOfTheDriverWhenAPropertiesFileHasSecrets(@TempDir Path workspace)
            throws Exception {
        Files.writeString(workspace.resolve("spark.conf"), "spark.acme.api.password " + CONF_SECRET);
        controller.workspace(new FilePath(workspace.toFile()));
        SparkK8sSubmitStep step = secretStep();
        step.setPropertiesFile("spark.conf");
        resumesWith(step);

        assertThat(controller.log()).contains("Read the log with: kubectl").doesNotContain("wrong password");
    }

    @Test
    void theNextControllerHidesWhatTheBuildItselfHides() throws Exception {
        controller.run.sensitive.put("DB_PASSWORD", CONF_SECRET);
        resumesWith(secretStep());

        assertThat(controller.log()).contains("wrong password " + HIDDEN).doesNotContain("kubectl");
    }

    @Test
    void theNextControllerShowsNothingOfTheDriverWhenTheBuildHidesAnotherValue() throws Exception {
        controller.run.sensitive.put("DB_PASSWORD", CONF_SECRET);
        secrets.add(CONF_SECRET);
        showsNothingAfter(() -> controller.run.sensitive.put("DB_PASSWORD", "rotated-meanwhile"));
    }

    @Test
    void theNextControllerHidesWhatTheBuildItselfHidesInArgumentsThatAreWrong() throws Exception {
        controller.run.sensitive.put("DB_PASSWORD", CONF_SECRET);
        secrets.add(CONF_SECRET);
        SparkK8sSubmitStep step = step();
        controller.server.faults().stall(1, RequestMatch.of("create", "selfsubjectrulesreviews"));
        Application application = controller.application(step).start();
        await().until(() -> controller.server.faults().pending() == 0);

        restart();
        controller.server.faults().clear();
        step.setTimeout(CONF_SECRET);
        application.resume();

        assertThat(failure(application)).hasMessageContaining("timeout is '%s'", HIDDEN);
        assertClean("build.xml", buildXml());
        assertClean("build log", controller.log());
    }

    /** It is not for the driver; a driver that has the same from elsewhere may print it. */
    @Test
    void masksTheCredentialOfTheUploadPathAlsoAfterARestart() throws Exception {
        CredentialsProvider.put("upload", new TextCredential("upload", UPLOAD_SECRET));
        secrets.add(UPLOAD_SECRET);
        controller.uploadTo("abfss://c@acct.dfs.core.windows.net/spark", "upload");
        Application application = controller.application(secretStep()).start();
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

    /** Only the step that submitted it knows the configuration again. */
    @Test
    void aBuildThatWaitsHidesThemTooWhicheverBuildResumesFirst(@TempDir Path folder) throws Exception {
        controller.items.put("job", controller.run.job);
        secrets.add(CONF_SECRET);
        SparkK8sSubmitStep step = secretStep();
        step.setConf("spark.acme.api.password=" + CONF_SECRET);
        Application application = controller.application(step).start();
        controller.driverRuns();
        controller.awaitLog(" Running");
        OtherBuild other = OtherBuild.of(controller, "job", folder);
        OtherBuild.Waiting waiting =
                other.waitFor(application.record().identity().applicationId());
        await().until(() -> other.log().contains(" Running"));

        restart();
        waiting.resume();
        await().until(() -> other.log().contains("the controller has restarted"));
        application.resume();
        controller.awaitLog("the controller has restarted");
        driverFails("wrong password " + CONF_SECRET);

        failure(application);
        await().until(waiting.end::isCompletedExceptionally);
        assertClean("build log", other.log());
        assertThat(other.log()).contains("wrong password " + HIDDEN).doesNotContain("kubectl");
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
        Application application = controller.application(secretStep()).start();
        controller.driverRuns();
        controller.awaitLog(" Running");

        change.run();
        restart();
        application.resume();
        controller.awaitLog("Read the log with: kubectl logs --namespace default ");
        driverFails("wrong password " + revealing());

        assertThat(failure(application)).hasMessageStartingWith("The driver ended with exit code 1");
        assertThat(controller.log()).doesNotContain("wrong password");
        assertThat(SparkApplicationRun.of(application.record()).getDetails()).isEmpty();
        assertClean("build log", controller.log());
        assertClean("build.xml", buildXml());
    }
}
