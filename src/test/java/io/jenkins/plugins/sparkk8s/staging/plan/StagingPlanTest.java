package io.jenkins.plugins.sparkk8s.staging.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.staging.Applications;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StagingPlanTest {
    @TempDir
    Path temporary;

    private Path directory;

    @BeforeEach
    void followLinksOfTheTemporaryDirectory() throws IOException {
        directory = temporary.toRealPath();
    }

    private String file(String name) throws IOException {
        return Files.writeString(directory.resolve(name), name).toString();
    }

    private static StagingPlan plan(String mainResource, Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(
                Map.of("spark.kubernetes.file.upload.path", "hdfs://n/up", "spark.kubernetes.submit.uploads", "spark"));
        all.putAll(properties);
        return StagingPlan.of(
                Applications.application(mainResource, all), Applications.IDENTITY, Applications.ENVIRONMENT);
    }

    private static StagedFile first(String mainResource, Map<String, String> properties) {
        return plan(mainResource, properties).files().get(0);
    }

    @Test
    void uploadsInSparksOrderAndEachFileToFolderOfItsOwn() throws IOException {
        StagingPlan plan = plan(
                file("job.py"),
                Map.of(
                        "spark.submit.pyFiles",
                        file("d.zip"),
                        "spark.archives",
                        file("c.tgz") + "#env",
                        "spark.files",
                        file("b.txt"),
                        "spark.jars",
                        "hdfs://n/x.jar,local:///y.jar," + file("a.jar")));

        assertThat(plan.files())
                .extracting(staged -> staged.source().getFileName().toString())
                .containsExactly("a.jar", "b.txt", "c.tgz", "d.zip", "job.py");
        assertThat(plan.files())
                .extracting(StagedFile::target)
                .startsWith("hdfs://n/up/spark-upload-" + Applications.HEX + "-1/a.jar")
                .endsWith("hdfs://n/up/spark-upload-" + Applications.HEX + "-5/job.py");
        assertThat(plan.isEmpty()).isFalse();
    }

    @Test
    void uploadsMainJarAfterTheJars() throws IOException {
        assertThat(plan(file("app.jar"), Map.of("spark.jars", file("lib.jar"))).files())
                .extracting(staged -> staged.source().getFileName().toString())
                .containsExactly("lib.jar", "app.jar");
    }

    @Test
    void uploadsEachLocationOnce() throws IOException {
        String archive = file("env.tgz");

        StagingPlan plan = plan(
                "local:///app.jar", Map.of("spark.archives", archive + "#a," + archive + "#b", "spark.files", archive));

        assertThat(plan.files()).hasSize(1);
    }

    @Test
    void needsNoUploadPathWhenNothingIsLocal() {
        StagingPlan plan = plan(
                "local:///app.jar", Map.of("spark.jars", "hdfs://n/a.jar", "spark.kubernetes.file.upload.path", ""));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.files()).isEmpty();
    }

    @Test
    void planIsTheSameForTheSameIdentity() throws IOException {
        Map<String, String> properties = Map.of("spark.files", file("a") + "," + file("b"));

        assertThat(plan("local:///app.jar", properties).files())
                .isEqualTo(plan("local:///app.jar", properties).files());
    }

    @Test
    void reportsEveryMissingFileAndTheMissingUploadPathAtOnce() throws IOException {
        String present = file("present.jar");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> plan(
                        "/no/app.jar",
                        Map.of(
                                "spark.jars", "/no/lib.jar," + present,
                                "spark.files", "/no/data.csv",
                                "spark.kubernetes.file.upload.path", " ")))
                .satisfies(
                        error -> assertThat(error.problems())
                                .containsExactly(
                                        "The file /no/lib.jar does not exist. Correct the path, or write local:///no/lib.jar if it is in the container image.",
                                        "The file /no/app.jar does not exist. Correct the path, or write local:///no/app.jar if it is in the container image.",
                                        "The file /no/data.csv does not exist. Correct the path, or write local:///no/data.csv if it is in the container image.",
                                        "/no/lib.jar is a local file and must be uploaded, but spark.kubernetes.file.upload.path is not set."
                                                + " Set it to a folder that the driver can read, such as hdfs://namenode/user/spark/uploads."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"uploads", "./uploads", "hdfs:uploads", "~/uploads"})
    void refusesUploadPathThatDependsOnTheProcess(String uploadPath) throws IOException {
        String present = file("a.jar");

        assertThatThrownBy(() -> plan(present, Map.of("spark.kubernetes.file.upload.path", uploadPath)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "The value '%s' of spark.kubernetes.file.upload.path is not valid. It must be a URI with an absolute path, or an absolute path.",
                        uploadPath);
    }

    @Test
    void refusesWhatIsNeitherFileNorFolder() {
        assertThatThrownBy(() -> plan("local:///app.jar", Map.of("spark.files", "/dev/null")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("/dev/null is neither a file nor a folder and cannot be uploaded.");
    }

    @Test
    void escapesNamesForTheDriverButNotForTheUpload() throws IOException {
        StagedFile staged = first(
                "local:///app.jar",
                Map.of("spark.files", "./" + file("my 100%.txt").substring(1)));

        assertThat(staged.target()).endsWith("-1/my 100%.txt");
        assertThat(staged.remoteLocationIn(staged.directory())).endsWith("-1/my%20100%25.txt");
    }

    @Test
    void findsUploadedFileByItsLocationAndKeepsTheFragment() throws IOException {
        StagedFile staged = first("local:///app.jar", Map.of("spark.files", file("a.txt")));
        StagedArtifacts artifacts = new StagedArtifacts(
                Map.of(staged.local().location(), staged.remoteLocationIn(staged.directory())),
                List.of(staged.directory()),
                5);

        assertThat(artifacts.remote(ResourceUri.of(directory + "/a.txt#b")))
                .hasValueSatisfying(uri -> assertThat(uri.toString()).endsWith("-1/a.txt#b"));
        assertThat(StagedArtifacts.none().remote(staged.local())).isEmpty();
    }

    @Test
    void wheelOnThePythonPathIsSentAsTheZipThatItIs() throws IOException {
        StagedFile staged = first("local:///app.py", Map.of("spark.submit.pyFiles", file("acme-1.0-py3-none-any.whl")));

        assertThat(staged.target()).endsWith("-1/acme-1.0-py3-none-any.zip");
        assertThat(staged.remoteLocationIn(staged.directory())).endsWith("-1/acme-1.0-py3-none-any.zip");
    }

    @Test
    void wheelThatIsAFileKeepsItsName() throws IOException {
        StagedFile staged = first("local:///app.py", Map.of("spark.files", file("acme-1.0-py3-none-any.whl")));

        assertThat(staged.target()).endsWith("-1/acme-1.0-py3-none-any.whl");
    }

    @Test
    void wheelWithCompiledCodeCannotBeImportedFromTheUpload() throws IOException {
        String wheel = file("acme-1.0-cp312-cp312-manylinux_2_17_x86_64.whl");

        assertThatThrownBy(() -> plan("local:///app.py", Map.of("spark.submit.pyFiles", wheel)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "acme-1.0-cp312-cp312-manylinux_2_17_x86_64.whl has compiled code, which Python does not import from an archive (spark.submit.pyFiles). Install it in a virtual environment and list that in archives.");
    }
}
