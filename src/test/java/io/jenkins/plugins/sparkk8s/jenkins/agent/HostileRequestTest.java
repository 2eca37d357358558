package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job must not reach through its request. */
class HostileRequestTest {
    private static final String MARK = "content of somebody else's file";

    @TempDir
    Path home;

    private Workspace workspace;
    private Path outside;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = new Workspace(home);
        workspace.file("app.jar", "jar");
        outside = Files.writeString(home.resolve("secret.txt"), MARK);
    }

    private Requests request() {
        return Requests.ofImage().uploadTo(workspace.uploadPath());
    }

    private void assertRefused(Requests request, String... parts) throws IOException {
        AbortException check = Workspace.refusal(() -> workspace.check(request));
        assertThat(check).isNotNull().hasMessageContainingAll(parts);
        assertThat(Workspace.refusal(() -> workspace.stage(request))).hasMessage(check.getMessage());
        assertThat(check.getMessage()).doesNotContain(MARK);
        assertThat(workspace.nothingUploaded()).isTrue();
    }

    private String named(String text) throws IOException {
        Files.createSymbolicLink(workspace.root().resolve("link"), outside);
        Files.createSymbolicLink(workspace.root().resolve("folder"), home);
        return text.replace("$HOME", home.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "jars",
        "files",
        "archives",
        "pyFiles",
        "propertiesFile",
        "driverPodTemplate",
        "executorPodTemplate",
    })
    void fileArgumentsStayInTheWorkspace(String argument) throws Exception {
        assertRefused(request().files(argument, "../secret.txt"), argument + " names ", "which is outside of ");
        assertRefused(request().files(argument, outside.toString()), argument + " names ", "which is outside of ");
        assertRefused(request().files(argument, "file:" + outside), argument + " names ", "which is outside of ");
        assertRefused(request().files(argument, named("link")), argument + " names ", "which is outside of ");
        assertRefused(request().files(argument, "folder/secret.txt"), argument, "which is outside of ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../secret.txt", "$HOME/secret.txt", "link", "folder/*.txt", "folder/secret.txt", "../*.txt"})
    void applicationStaysInTheWorkspace(String text) throws Exception {
        assertRefused(request().main(named(text), "a.B"), "application names ", "which is outside of ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"li*", "**/link", "$HOME/*.txt", "../*.txt", "folder/*.txt", "folder/../secret.*"})
    void patternsStayInTheWorkspace(String pattern) throws Exception {
        assertRefused(request().files("files", named(pattern)), "files names ", "which is outside of ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"**/secret.txt", "fold*/*.txt"})
    void patternsDoNotLookBehindLinksThatLeadOut(String pattern) throws Exception {
        assertRefused(
                request().files("files", named(pattern)), "files has '" + pattern + "', which matches no file in ");
    }

    @ParameterizedTest
    @CsvSource({
        "spark.jars, $HOME/secret.txt",
        "spark.jars, $HOME/*.txt",
        "spark.jars, file:$HOME/ws/../*.txt",
        "spark.files, ../secret.txt",
        "spark.files, link",
        "spark.files, lin*",
        "spark.archives, file:$HOME/ws/../secret.txt",
        "spark.submit.pyFiles, folder/secret.txt",
        "spark.kubernetes.driver.podTemplateFile, $HOME/secret.txt",
        "spark.kubernetes.driver.podTemplateFile, file:$HOME/secret.txt",
        "spark.kubernetes.driver.podTemplateFile, local://$HOME/secret.txt",
        "spark.kubernetes.executor.podTemplateFile, link",
        "spark.kubernetes.authenticate.driver.caCertFile, $HOME/secret.txt",
        "spark.kubernetes.authenticate.driver.clientKeyFile, ../secret.txt",
        "spark.kubernetes.authenticate.driver.clientCertFile, link",
        "spark.kubernetes.kerberos.krb5.path, $HOME/secret.txt",
        "spark.home, $HOME",
        "spark.home, folder",
    })
    void confNamesNoFileOutsideOfTheWorkspace(String key, String value) throws Exception {
        Files.createDirectory(home.resolve("conf"));
        Files.copy(outside, home.resolve("conf/log4j2.properties"));

        assertRefused(request().conf(key, named(value)), key + " names ", "which is outside of ");
    }

    @Test
    void keytabIsOfTheWorkspace() throws Exception {
        assertRefused(
                request().conf("spark.kerberos.principal", "jane").conf("spark.kerberos.keytab", outside.toString()),
                "spark.kerberos.keytab names ",
                "which is outside of ");
    }

    @Test
    void filesOfSparkHomeThatLeadOutOfTheWorkspaceAreRefused() throws Exception {
        Files.createDirectories(workspace.root().resolve("spark/conf"));
        Files.createSymbolicLink(workspace.root().resolve("spark/conf/log4j2.properties"), outside);

        assertRefused(request().conf("spark.home", "spark"), "spark.home names ", "which is outside of ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jars", "files", "archives", "pyFiles"})
    void foldersWithLinksThatLeadOutAreRefused(String argument) throws Exception {
        workspace.file("data/inner/a.txt", "a");
        Files.createSymbolicLink(workspace.root().resolve("data/inner/leak"), home);

        assertRefused(request().files(argument, "data"), "which is outside of ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.master",
                "spark.kubernetes.context",
                "spark.kubernetes.trust.certificates",
                "spark.kubernetes.authenticate.submission.oauthToken",
                "spark.kubernetes.authenticate.submission.caCertFile"
            })
    void onlyTheClusterSaysHowItIsReached(String key) throws Exception {
        workspace.file("p.properties", key + " true");

        assertRefused(
                request().conf(key, "true"),
                key
                        + " is set in conf, but the connection to the API server is set only in the cluster's configuration");
        assertRefused(
                request().secret(key, "true"),
                key + " is set in secretConf, but the connection to the API server is set only");
        assertRefused(
                request().files("propertiesFile", "p.properties"),
                key + " is set in the properties file p.properties, but the connection to the API server is set only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", " False "})
    void aJobDoesNotTurnOffWhatItsClusterRestricts(String value) throws Exception {
        String key = "spark.kubernetes.submit.restricted";
        String rule = "to false, but an administrator has turned it on for all jobs of the cluster. Remove the key";
        workspace.file("p.properties", key + "=" + value);
        Requests restricted = request().cluster(key, "true");

        assertRefused(restricted.conf(key, value), key + " is set in conf " + rule);
        assertRefused(restricted.secret(key, value), key + " is set in secretConf " + rule);
        assertRefused(
                restricted.files("propertiesFile", "p.properties"),
                key + " is set in the properties file p.properties " + rule);
    }

    @ParameterizedTest
    @CsvSource({"true, ''", "true, true", "'', true"})
    void aJobMayRestrictItself(String ofCluster, String ofJob) throws Exception {
        String key = "spark.kubernetes.submit.restricted";
        Requests asked = Requests.ofImage();
        asked = ofCluster.isEmpty() ? asked : asked.cluster(key, ofCluster);
        asked = ofJob.isEmpty() ? asked : asked.conf(key, ofJob);

        assertThat(workspace.check(asked).preview().pod().getSpec().getSecurityContext())
                .extracting(PodSecurityContext::getRunAsNonRoot)
                .isEqualTo(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jars", "archives", "propertiesFile", "driverPodTemplate"})
    void pipesAreNotRead(String argument) throws Exception {
        makePipe(workspace.root().resolve("pipe"));

        assertRefused(
                request().files(argument, "pipe"), argument + " names pipe, which is neither a file nor a folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jars", "files"})
    void foldersWithPipesAreRefused(String argument) throws Exception {
        workspace.file("data/a.txt", "a");
        makePipe(workspace.root().resolve("data/pipe"));

        assertRefused(request().files(argument, "data"), "data/pipe is neither a file nor a folder");
    }

    private static void makePipe(Path path) throws Exception {
        Process process = new ProcessBuilder("mkfifo", path.toString()).start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void valuesForHadoopReferToNothing() throws Exception {
        assertRefused(
                request().conf("spark.hadoop.dfs.replication", "${env.AWS_SECRET_ACCESS_KEY}"),
                "spark.hadoop.dfs.replication is set in conf to a value with ${");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:$HOME/other",
                "FILE:$HOME/other",
                "$HOME/other",
                "file:$HOME/uploads/../other",
                "file:$HOME/uploads2",
                "viewfs://cluster/other",
                "har:///other",
                "jar:file:/other",
                "local:/other",
                "file://elsewhere$HOME/uploads/x"
            })
    void jobsUploadToNoLocalFolderOfTheirChoice(String path) throws Exception {
        assertRefused(
                request().main("app.jar", "a.B").conf("spark.kubernetes.file.upload.path", named(path)),
                "The upload path ",
                "is not allowed: a job may choose a folder below file:");
        assertThat(home.resolve("other")).doesNotExist();
    }

    @Test
    void clusterMayLetNoJobChooseTheUploadPath() throws Exception {
        assertRefused(
                request()
                        .main("app.jar", "a.B")
                        .policy(new UploadPolicy(workspace.uploadPath(), List.of()))
                        .conf("spark.kubernetes.file.upload.path", "hdfs://nn/mine"),
                "The upload path is hdfs://nn/mine, but this cluster does not allow jobs to choose one. Leave uploadPath");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hdfs://other:8020/mine",
                "s3a://bucket/x",
                "webhdfs://169.254.169.254/x",
                "hdfs://nn/teams/../mine",
                "hdfs://nn/teams2",
                "hdfs://evil@nn/teams/x",
                "hdfs://nn:8020/teams/x"
            })
    void jobsUploadToNoFileSystemThatTheAdministratorDidNotName(String path) throws Exception {
        assertRefused(
                request()
                        .main("app.jar", "a.B")
                        .policy(new UploadPolicy(workspace.uploadPath(), List.of("hdfs://nn/teams")))
                        .conf("spark.kubernetes.file.upload.path", path),
                "The upload path " + path + " is not allowed: a job may choose a folder below hdfs://nn/teams.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewfs:///data/*.jar", "har:///tmp/a.har/*.jar"})
    void patternsOfSchemesThatLeadToLocalFilesAreNotLookedUp(String pattern) throws Exception {
        assertRefused(request().conf("spark.jars", pattern), "The pattern " + pattern + " is not resolved");
    }

    @Test
    void classesThatAJobNamesAreNotLoadedByOurOwnClient() throws Exception {
        PreparedSubmission prepared = workspace.stage(request()
                .main("app.jar", "a.B")
                .conf("spark.hadoop.fs.file.impl", "org.example.Evil")
                .conf("spark.hadoop.io.serializations", "org.example.Evil")
                .conf("spark.hadoop.hadoop.security.group.mapping", "org.example.Evil"));

        assertThat(prepared.preview().properties().get("spark.hadoop.fs.file.impl"))
                .hasValue("org.example.Evil");
        assertThat(workspace.uploaded()).hasSize(1);
    }

    @Test
    void environmentOfTheMachineStaysThere() throws Exception {
        assertThat(System.getenv()).containsKey("PATH");

        String pod = workspace.stage(request()).preview().pod().toString();

        assertThat(pod).contains("SPARK_USER").contains("jane").doesNotContain(System.getenv("PATH"));
    }
}
