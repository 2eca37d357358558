package io.jenkins.plugins.sparkk8s.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.application.MainResource.JavaJar;
import io.jenkins.plugins.sparkk8s.application.MainResource.PythonFile;
import io.jenkins.plugins.sparkk8s.application.MainResource.SparkInternal;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationResolverTest {
    @TempDir
    Path temporary;

    private Path directory;
    private final Map<String, List<String>> matches = new TreeMap<>();

    @BeforeEach
    void followLinksOfTheTemporaryDirectory() throws IOException {
        directory = temporary.toRealPath();
    }

    private SparkApplication resolve(String mainResource, String mainClass, Map<String, String> conf) {
        return resolve(new ApplicationRequest(mainResource, mainClass, List.of("a", "--b"), null, conf(conf)));
    }

    private SparkApplication resolve(ApplicationRequest request) {
        GlobExpander globs = pattern -> matches.getOrDefault(pattern.toString(), List.of()).stream()
                .map(ResourceUri::of)
                .toList();
        return new ApplicationResolver(new SubmitterEnvironment(Map.of(), "me", directory), globs).resolve(request);
    }

    private static SparkConf conf(Map<String, String> properties) {
        return SparkConf.of(Map.of("spark.master", "k8s://https://api:6443")).withAll(properties);
    }

    private Path jar(String name, String mainClass) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (mainClass != null) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
        }
        Path file = directory.resolve(name);
        new JarOutputStream(Files.newOutputStream(file), manifest).close();
        return file;
    }

    @Test
    void addsMainJarToTheJars() {
        SparkApplication application =
                resolve("app.jar", "org.example.Main", Map.of("spark.jars", "hdfs://n/a.jar, lib/b.jar"));

        assertThat(application.conf().get("spark.jars"))
                .contains("hdfs://n/a.jar,file:%s/lib/b.jar,file:%s/app.jar".formatted(directory, directory));
        assertThat(application.mainResource()).isEqualTo(new JavaJar(ResourceUri.of("file:" + directory + "/app.jar")));
        assertThat(application.arguments()).containsExactly("a", "--b");
    }

    @Test
    void fillsInWhatTheDriverNeeds() {
        SparkApplication application = resolve(
                "local:///app.jar",
                "org.example.Main",
                Map.of("spark.master", "k8s://api", "spark.driver.host", "mine", "spark.x", "y"));

        assertThat(application.conf().toMap())
                .containsOnly(
                        Map.entry("spark.master", "k8s://https://api"),
                        Map.entry("spark.submit.deployMode", "cluster"),
                        Map.entry("spark.app.name", "org.example.Main"),
                        Map.entry("spark.jars", "local:///app.jar"),
                        Map.entry("spark.submit.pyFiles", ""),
                        Map.entry("spark.x", "y"));
    }

    @Test
    void runsClassOfTheImageWithoutResource() {
        SparkApplication application = resolve("spark-internal", "org.example.Main", Map.of());

        assertThat(application.mainResource()).isEqualTo(new SparkInternal());
        assertThat(application.mainClass()).isEqualTo("org.example.Main");
        assertThat(application.conf().get("spark.jars")).contains("");
    }

    @Test
    void runsPythonFileThroughItsRunnerAndLeavesItOutOfTheJars() {
        SparkApplication application = resolve("job.py", null, Map.of("spark.submit.pyFiles", "lib.zip"));

        assertThat(application.mainClass()).isEqualTo("org.apache.spark.deploy.PythonRunner");
        assertThat(application.mainResource())
                .isEqualTo(new PythonFile(ResourceUri.of("file:" + directory + "/job.py")));
        assertThat(application.name()).isEqualTo("job.py");
        assertThat(application.conf().contains("spark.jars")).isFalse();
        assertThat(application.conf().get("spark.submit.pyFiles")).contains("file:" + directory + "/lib.zip");
    }

    @Test
    void runsRFileThroughItsRunner() {
        assertThat(resolve("local:///job.R", null, Map.of()).mainClass()).isEqualTo("org.apache.spark.deploy.RRunner");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "mine, org.example.Main, mine",
                "-, org.example.Main, org.example.Main",
                "-, -, app.jar",
                "-, ' ', app.jar"
            })
    void namesApplicationByOptionThenClassThenFile(String name, String mainClass, String expected) throws IOException {
        jar("app.jar", "org.example.OfTheManifest");

        SparkApplication application =
                resolve("app.jar", mainClass, name == null ? Map.of() : Map.of("spark.app.name", name));

        assertThat(application.name()).isEqualTo(expected);
    }

    @Test
    void takesMainClassFromTheManifest() throws IOException {
        jar("my app.jar", "org.example.Main");

        assertThat(resolve("my app.jar", null, Map.of()).mainClass()).isEqualTo("org.example.Main");
        assertThat(resolve("my app.jar", "org.example.Other", Map.of()).mainClass())
                .isEqualTo("org.example.Other");
    }

    @Test
    void asksForClassThatTheManifestDoesNotName() throws IOException {
        Path file = jar("app.jar", null);

        assertThatThrownBy(() -> resolve("app.jar", null, Map.of()))
                .hasMessage("The manifest of %s names no main class. Give it with --class.", file);
    }

    @Test
    void asksForClassOfJarThatIsMissingOrNoJar() throws IOException {
        Files.writeString(directory.resolve("text.jar"), "text");

        assertThatThrownBy(() -> resolve("missing.jar", null, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("missing.jar (there is no such file)")
                .hasMessageContaining("--class");
        assertThatThrownBy(() -> resolve("text.jar", null, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("text.jar");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hdfs://n/app.jar", "local:///app.jar", "spark-internal"})
    void asksForClassThatCannotBeReadHere(String resource) {
        assertThatThrownBy(() -> resolve(resource, null, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--class")
                .hasMessageContaining(resource);
    }

    @Test
    void expandsPatternsOfEveryList() {
        matches.put("file:" + directory + "/lib/*.jar", List.of("file:/lib/a.jar", "file:/lib/b.jar"));
        matches.put("hdfs://n/data/[ab].csv", List.of("hdfs://n/data/a.csv"));

        SparkConf conf = resolve(
                        "local:///app.jar",
                        "C",
                        Map.of("spark.jars", "lib/*.jar", "spark.files", "hdfs://n/data/[ab].csv,x.txt"))
                .conf();

        assertThat(conf.get("spark.jars")).contains("file:/lib/a.jar,file:/lib/b.jar,local:///app.jar");
        assertThat(conf.get("spark.files")).contains("hdfs://n/data/a.csv,file:%s/x.txt".formatted(directory));
    }

    @Test
    void keepsFragmentOfPatternThatMatchesOneFile() {
        matches.put("hdfs://n/env-*.tgz", List.of("hdfs://n/env-1.tgz"));

        assertThat(resolve("local:///app.jar", "C", Map.of("spark.archives", "hdfs://n/env-*.tgz#env"))
                        .conf()
                        .get("spark.archives"))
                .contains("hdfs://n/env-1.tgz#env");
    }

    @Test
    void refusesFragmentForSeveralFiles() {
        matches.put("hdfs://n/env-*.tgz", List.of("hdfs://n/env-1.tgz", "hdfs://n/env-2.tgz"));

        assertThatThrownBy(() -> resolve("local:///app.jar", "C", Map.of("spark.archives", "hdfs://n/env-*.tgz#env")))
                .hasMessageContaining("'hdfs://n/env-*.tgz#env' in spark.archives matches 2 files, but #env");
    }

    @ParameterizedTest
    @ValueSource(strings = {"local:///lib/*.jar", "https://host/a?b.jar", "HTTP://host/*"})
    void leavesPatternsOfSchemesThatCannotBeListed(String entry) {
        assertThat(resolve("local:///app.jar", "C", Map.of("spark.jars", entry))
                        .conf()
                        .get("spark.jars"))
                .contains(entry + ",local:///app.jar");
    }

    @Test
    void refusesFilesWhoseNameWouldBeCutInTwo() {
        matches.put("file:" + directory + "/*.csv", List.of("file:/data/a,b.csv"));

        assertThatThrownBy(() -> resolve("a,b.jar", "C", Map.of("spark.files", "*.csv")))
                .hasMessageContaining("/a,b.jar contains a comma, which separates the entries of spark.jars")
                .hasMessageContaining("/data/a,b.csv contains a comma, which separates the entries of spark.files");
    }

    @Test
    void reportsAllProblemsTogether() {
        ApplicationRequest request = new ApplicationRequest(
                null,
                null,
                List.of(),
                "someone",
                SparkConf.of(Map.of(
                        "spark.submit.deployMode", "client",
                        "spark.kerberos.principal", "me@REALM",
                        "spark.jars", "no/*.jar",
                        "spark.files", "file://host/x")));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> resolve(request))
                .satisfies(error -> assertThat(error.problems())
                        .hasSize(6)
                        .anySatisfy(problem -> assertThat(problem).contains("The deploy mode is client"))
                        .anySatisfy(problem -> assertThat(problem).contains("--proxy-user", "spark.kerberos.principal"))
                        .anySatisfy(problem -> assertThat(problem).contains("No master is given", "--master"))
                        .anySatisfy(problem -> assertThat(problem).contains("No main resource is given"))
                        .anySatisfy(problem -> assertThat(problem).contains("No file matches 'no/*.jar' in spark.jars"))
                        .anySatisfy(problem -> assertThat(problem).contains("file://host/x names a host")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pyspark-shell", "spark-shell", "sparkr-shell"})
    void refusesShells(String shell) {
        assertThatThrownBy(() -> resolve(shell, "C", Map.of())).hasMessageContaining("interactive shell");
    }

    @Test
    void refusesUnknownDeployMode() {
        assertThatThrownBy(() -> resolve("local:///a.jar", "C", Map.of("spark.submit.deployMode", "cloud")))
                .hasMessage("The deploy mode 'cloud' does not exist. Set it to cluster.");
    }

    @Test
    void keepsUserToImpersonate() {
        SparkApplication application =
                resolve(new ApplicationRequest("local:///a.jar", "C", List.of(), "someone", conf(Map.of())));

        assertThat(application.impersonatedUser()).contains("someone");
        assertThat(resolve("local:///a.jar", "C", Map.of()).impersonatedUser()).isEmpty();
    }
}
