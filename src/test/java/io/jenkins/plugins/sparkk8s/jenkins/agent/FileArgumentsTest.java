package io.jenkins.plugins.sparkk8s.jenkins.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileArgumentsTest {
    private static final String DIRECTORY = "spark-upload-00112233445566778899aabbccddeeff-";

    @TempDir
    Path home;

    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() throws IOException {
        workspace = new Workspace(home);
    }

    private Requests request() {
        return Requests.ofImage().uploadTo(workspace.uploadPath());
    }

    private List<String> uploadedNames() throws IOException {
        return workspace.uploaded().stream()
                .map(name -> name.substring(name.indexOf('/') + 1))
                .toList();
    }

    private String refusal(Requests request) {
        return Workspace.refusal(() -> workspace.check(request)).getMessage();
    }

    @Test
    void patternsAreAntsAndTheirFilesSorted() throws Exception {
        workspace.file("lib/b.jar", "b");
        workspace.file("lib/deep/a.jar", "a");
        workspace.file("lib/.git/c.jar", "c");
        workspace.file("other/d.jar", "d");

        workspace.stage(request().files("jars", "lib/**/*.jar"));

        assertThat(uploadedNames()).containsExactly("b.jar", "a.jar");
    }

    @Test
    void entriesStandBetweenCommasOrLineEndsAndEachCountsOnce() throws Exception {
        workspace.file("a.txt", "a");
        workspace.file("b.txt", "b");

        String files = workspace
                .stage(request().files("files", "b.txt\r\n a.txt ,,hdfs://nn/c.txt\n*.txt, hdfs://nn/c.txt"))
                .preview()
                .properties()
                .get("spark.files")
                .orElseThrow();

        assertThat(uploadedNames()).containsExactly("b.txt", "a.txt");
        assertThat(files.split(",")).hasSize(3).endsWith("hdfs://nn/c.txt");
    }

    @Test
    void pathOfTheWorkspaceMayBeAbsolute() throws Exception {
        workspace.file("lib/a.jar", "a");
        workspace.file("conf/b.conf", "b");

        workspace.stage(request()
                .files("jars", workspace.root() + "/lib/*.jar")
                .files("files", "file://" + workspace.root() + "/conf/b.conf"));

        assertThat(uploadedNames()).containsExactly("a.jar", "b.conf");
    }

    @Test
    void aliasStaysWithItsArchive() throws Exception {
        workspace.file("env/bin/run.sh", "echo");
        workspace.file("data-1.0.tgz", "data");

        String archives = workspace
                .stage(request().files("archives", "env#env, data-*.tgz#data, hdfs://nn/x.zip#x"))
                .preview()
                .properties()
                .get("spark.archives")
                .orElseThrow();

        assertThat(archives.split(",")[0]).endsWith("/env.zip#env");
        assertThat(archives.split(",")[1]).endsWith("/data-1.0.tgz#data");
        assertThat(archives.split(",")[2]).isEqualTo("hdfs://nn/x.zip#x");
    }

    @Test
    void aliasNamesOneFileOnly() throws Exception {
        workspace.file("a.zip", "a");
        workspace.file("b.zip", "b");

        assertThat(refusal(request().files("archives", "*.zip#x")))
                .contains("archives has '*.zip#x', which matches 2 files, but #x can name only one.");
    }

    @Test
    void whatStandsForNoFileIsAnError() throws Exception {
        assertThat(refusal(request().main("target/*.jar", "a.B").files("jars", "lib/*.jar, gone.jar")))
                .contains("application has 'target/*.jar', which matches no file in " + workspace.root())
                .contains("jars has 'lib/*.jar', which matches no file in " + workspace.root());
        assertThat(refusal(request().files("jars", "gone.jar")))
                .contains("jars names gone.jar, which does not exist in " + workspace.root());
    }

    @Test
    void applicationIsOneFile() throws Exception {
        workspace.file("target/app-1.jar", "1");
        workspace.file("target/app-2.jar", "2");

        assertThat(refusal(request().main("target/*.jar", "a.B")))
                .contains("application is 'target/*.jar', which matches 2 files: app-1.jar, app-2.jar.");
    }

    @Test
    void neitherApplicationNorMainClassIsAnError() {
        assertThat(refusal(request().main(null, null))).startsWith("Neither application nor mainClass is given.");
    }

    @Test
    void complaintsSpeakOfTheStepsArguments() {
        assertThat(refusal(request().main("hdfs://nn/app.jar", null)))
                .startsWith("The main class must be given with mainClass: ");
    }

    @Test
    void mainClassAloneIsInTheImage() throws Exception {
        assertThat(workspace
                        .check(request().main(null, "a.B"))
                        .preview()
                        .pod()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getArgs())
                .contains("spark-internal");
    }

    @Test
    void folderOfPythonSourcesIsZipped() throws Exception {
        workspace.file("app.py", "import acme");
        workspace.file("src/acme/__init__.py", "");
        workspace.file("src/acme/report.py", "print(1)");
        workspace.file("src/acme/__pycache__/report.cpython-312.pyc", "compiled");
        workspace.file("src/main.py", "print(2)");

        workspace.stage(request().main("app.py", null).files("pyFiles", "src"));

        assertThat(uploadedNames()).containsExactly("src.zip", "app.py");
        assertThat(namesIn(workspace.uploads().resolve(DIRECTORY + "1/src.zip")))
                .containsExactly("acme/__init__.py", "acme/report.py", "main.py");
        assertThat(home.resolve("ws@tmp")).isEmptyDirectory();
    }

    private static List<String> namesIn(Path zip) throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            file.stream().map(ZipEntry::getName).forEach(names::add);
        }
        return names;
    }

    @Test
    void sameFolderGivesTheSameBytes() throws Exception {
        Path script = workspace.file("env/bin/run.sh", "echo");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        workspace.file("env/lib/a.txt", "a");
        workspace.stage(request().files("archives", "env"));
        Path zip = workspace.uploads().resolve(DIRECTORY + "1/env.zip");
        byte[] first = Files.readAllBytes(zip);
        assertThat(script.toFile().setLastModified(1_000_000_000_000L)).isTrue();

        workspace.stage(request().files("archives", "env"));

        assertThat(Files.readAllBytes(zip)).isEqualTo(first);
        try (org.apache.tools.zip.ZipFile file = new org.apache.tools.zip.ZipFile(zip.toFile())) {
            assertThat(file.getEntry("bin/run.sh").getUnixMode() & 0777).isEqualTo(0755);
            assertThat(file.getEntry("lib/a.txt").getUnixMode() & 0777).isEqualTo(0644);
        }
    }

    private void makeEnvironment() throws IOException {
        workspace.file("venv/pyvenv.cfg", "home = /usr/bin\nversion = 3.11.2\n");
        assertThat(workspace.file("venv/bin/pip", "#!").toFile().setExecutable(true))
                .isTrue();
        Path bin = workspace.root().resolve("venv/bin");
        Files.createSymbolicLink(bin.resolve("python"), Path.of("/usr/bin/python3"));
        Files.createSymbolicLink(bin.resolve("python3"), Path.of("python"));
        workspace.file("venv/lib/python3.11/site-packages/" + "long/".repeat(30) + "a.py", "print(1)");
        workspace.file("venv/lib/python3.11/site-packages/__pycache__/a.pyc", "compiled");
        Files.createSymbolicLink(workspace.root().resolve("venv/lib64"), Path.of("lib"));
    }

    @Test
    void virtualEnvironmentIsATarWithItsLinks() throws Exception {
        makeEnvironment();

        PreparedSubmission staged = workspace.stage(request().files("archives", "venv/#environment"));

        assertThat(uploadedNames()).containsExactly("venv.tar.gz");
        Path tar = workspace.uploads().resolve(DIRECTORY + "1/venv.tar.gz");
        Path unpacked = Files.createDirectory(home.resolve("environment"));
        assertThat(new ProcessBuilder("tar", "-xzf", tar.toString(), "-C", unpacked.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        assertThat(unpacked.resolve("bin/pip")).isExecutable();
        assertThat(Files.readSymbolicLink(unpacked.resolve("bin/python"))).isEqualTo(Path.of("/usr/bin/python3"));
        assertThat(Files.readSymbolicLink(unpacked.resolve("lib64"))).isEqualTo(Path.of("lib"));
        assertThat(unpacked.resolve("lib/python3.11/site-packages/" + "long/".repeat(30) + "a.py"))
                .hasContent("print(1)");
        assertThat(unpacked.resolve("lib/python3.11/site-packages/__pycache__")).doesNotExist();
        assertThat(staged.warnings())
                .contains(
                        "The Python environment environment is sent, but not used: set spark.pyspark.python to ./environment/bin/python.");
        byte[] first = Files.readAllBytes(tar);
        assertThat(workspace.root().resolve("venv/bin/pip").toFile().setLastModified(1_000_000_000_000L))
                .isTrue();
        workspace.stage(request().files("archives", "venv/#environment"));
        assertThat(tar).hasBinaryContent(first);
    }

    @Test
    void virtualEnvironmentThatIsUsedNeedsNoHint() throws Exception {
        makeEnvironment();

        assertThat(workspace
                        .stage(request()
                                .conf("spark.pyspark.python", "./environment/bin/python")
                                .files("archives", "venv/#environment"))
                        .warnings())
                .noneMatch(warning -> warning.contains("environment"));
    }

    @Test
    void emptyFolderCannotBeZipped() throws Exception {
        Files.createDirectory(workspace.root().resolve("src"));

        assertThat(refusal(request().files("pyFiles", "src"))).contains("pyFiles names ", "a folder without files");
    }

    @Test
    void podTemplatesAreReadFromTheWorkspace() throws Exception {
        workspace.file("k8s/driver.yaml", "kind: Pod\nspec:\n  nodeName: n1\n");

        assertThat(workspace
                        .check(request().files("driverPodTemplate", "k8s/driver.yaml"))
                        .preview()
                        .pod()
                        .getSpec()
                        .getNodeName())
                .isEqualTo("n1");
    }

    @Test
    void oneFileIsNoFolder() throws Exception {
        workspace.file("conf/a.properties", "spark.a b");

        assertThat(refusal(request().files("propertiesFile", "conf")))
                .contains("propertiesFile is conf, a folder. Name a file.");
    }

    @Test
    void applicationOfTheImageNeedsNoWorkspaceFolder() throws Exception {
        Files.delete(workspace.root());

        assertThat(workspace.check(request()).uploadDirectories()).isEmpty();
        assertThat(workspace.stage(request()).preview().podName()).startsWith("daily-");
        assertThat(workspace.root()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lib/a.jar", "lib/*.jar"})
    void missingWorkspaceIsAnErrorOfWhatNamesAFileOfIt(String jars) throws Exception {
        Files.delete(workspace.root());

        assertThat(refusal(request().files("jars", jars)))
                .contains(
                        "jars names ",
                        "but the workspace " + workspace.root()
                                + " does not exist. Check out or unstash files before the step runs.");
    }
}
