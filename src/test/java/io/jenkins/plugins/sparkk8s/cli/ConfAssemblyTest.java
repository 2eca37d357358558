package io.jenkins.plugins.sparkk8s.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfAssemblyTest {
    @TempDir
    Path directory;

    private final Map<String, String> variables = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private SparkConf assemble(String... arguments) {
        SubmitOptions options = SubmitOptions.parse(arguments);
        return new ConfAssembly(new SubmitterEnvironment(variables, "me", directory), warnings::add).assemble(options);
    }

    private void write(String name, String... lines) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(lines));
    }

    private void defaults(String... lines) throws IOException {
        write("conf/spark-defaults.conf", lines);
        variables.put("SPARK_CONF_DIR", "conf");
    }

    @Test
    void takesOptionThenConfThenFileThenEnvironment() throws IOException {
        variables.put("SPARK_DRIVER_MEMORY", "1g");
        write("p.conf", "spark.driver.memory 2g");

        assertThat(assemble().get("spark.driver.memory")).contains("1g");
        assertThat(assemble("--properties-file", "p.conf").get("spark.driver.memory"))
                .contains("2g");
        assertThat(assemble("--properties-file", "p.conf", "-c", "spark.driver.memory=3g")
                        .get("spark.driver.memory"))
                .contains("3g");
        assertThat(assemble("--properties-file", "p.conf", "--driver-memory", "4g", "-c", "spark.driver.memory=3g")
                        .get("spark.driver.memory"))
                .contains("4g");
    }

    @Test
    void readsPropertiesFilesOfOtherFileSystems() throws IOException {
        write("share/p.conf", "spark.a file", "spark.b file");
        write("share/x.conf", "spark.b extra");
        String mount = "spark.hadoop.fs.viewfs.mounttable.c.link./share=file://" + directory.resolve("share");
        String[] files = {
            "--properties-file", "viewfs://c/share/p.conf", "--extra-properties-file", "viewfs://c/share/x.conf"
        };

        assertThat(assemble(with(files, "-c", mount)).toMap())
                .containsEntry("spark.a", "file")
                .containsEntry("spark.b", "extra");
        assertThatThrownBy(() -> assemble("--properties-file", "viewfs://c/share/gone.conf", "-c", mount))
                .hasMessage(
                        "--properties-file names viewfs://c/share/gone.conf, which does not exist. Correct the path.");
    }

    @Test
    void readsDefaultsOnlyWithoutPropertiesFile() throws IOException {
        defaults("spark.a defaults", "spark.b defaults");
        write("p.conf", "spark.a file");

        assertThat(assemble().toMap()).containsOnly(Map.entry("spark.a", "defaults"), Map.entry("spark.b", "defaults"));
        assertThat(assemble("--properties-file", "p.conf").toMap()).containsOnly(Map.entry("spark.a", "file"));
    }

    @Test
    void extraPropertiesFilesWinOverAllFilesAndNotOverConf() throws IOException {
        defaults("spark.a defaults", "spark.z defaults");
        write("p.conf", "spark.a file", "spark.b file", "spark.c file", "spark.d file");
        write("x.conf", "spark.b x", "spark.c x", "spark.d x");
        write("y.conf", "spark.c y", "spark.d y");
        String[] extra = {"--extra-properties-file", "x.conf", "--extra-properties-file", "y.conf", "-c", "spark.d=conf"
        };

        assertThat(assemble(with(extra, "--properties-file", "p.conf")).toMap())
                .containsOnly(
                        Map.entry("spark.a", "file"),
                        Map.entry("spark.b", "x"),
                        Map.entry("spark.c", "y"),
                        Map.entry("spark.d", "conf"));
        assertThat(assemble(extra).toMap())
                .containsOnly(
                        Map.entry("spark.a", "defaults"),
                        Map.entry("spark.b", "x"),
                        Map.entry("spark.c", "y"),
                        Map.entry("spark.d", "conf"),
                        Map.entry("spark.z", "defaults"));
    }

    private static String[] with(String[] options, String... more) {
        return Stream.concat(Stream.of(more), Stream.of(options)).toArray(String[]::new);
    }

    @Test
    void readsDefaultsBelowPropertiesFileWhenAskedTo() throws IOException {
        defaults("spark.a defaults", "spark.b defaults");
        write("p.conf", "spark.a file");

        assertThat(assemble("--properties-file", "p.conf", "--load-spark-defaults")
                        .toMap())
                .containsOnly(Map.entry("spark.a", "file"), Map.entry("spark.b", "defaults"));
    }

    @Test
    void letsDefaultsWinOverEnvironment() throws IOException {
        defaults("spark.master k8s://defaults");
        variables.put("MASTER", "k8s://environment");

        assertThat(assemble().get("spark.master")).contains("k8s://defaults");
    }

    @Test
    void findsDefaultsOfTheSparkInstallation() throws IOException {
        write("spark/conf/spark-defaults.conf", "spark.a home");
        variables.put("SPARK_HOME", directory.resolve("spark").toString());

        assertThat(assemble().toMap()).containsOnly(Map.entry("spark.a", "home"));

        defaults("spark.a confDir");
        assertThat(assemble().toMap()).containsOnly(Map.entry("spark.a", "confDir"));
    }

    @Test
    void goesWithoutDefaultsThatAreNotThere() {
        variables.put("SPARK_CONF_DIR", "nowhere");
        variables.put("SPARK_EXECUTOR_CORES", "");

        assertThat(assemble().toMap()).isEmpty();
        assertThat(warnings).isEmpty();
    }

    @Test
    void takesTheVariablesThatSparkTakes() {
        variables.putAll(Map.of(
                "MASTER", "k8s://api",
                "DEPLOY_MODE", "cluster",
                "SPARK_DRIVER_MEMORY", "1g",
                "SPARK_EXECUTOR_MEMORY", "2g",
                "SPARK_EXECUTOR_CORES", "3",
                "SPARK_DRIVER_CORES", "4"));

        assertThat(assemble().toMap())
                .containsOnly(
                        Map.entry("spark.master", "k8s://api"),
                        Map.entry("spark.submit.deployMode", "cluster"),
                        Map.entry("spark.driver.memory", "1g"),
                        Map.entry("spark.executor.memory", "2g"),
                        Map.entry("spark.executor.cores", "3"));
    }

    @Test
    void ignoresForeignKeysWithWarningThatShowsNoValue() throws IOException {
        write("p.conf", "sparkle x", "hadoop.password hunter2", "spark.a b");

        SparkConf conf = assemble("--properties-file", "p.conf", "-c", "foo=bar", "-c", "=x");

        assertThat(conf.toMap()).containsOnly(Map.entry("spark.a", "b"));
        assertThat(warnings)
                .hasSize(4)
                .contains(
                        "Ignoring foo: the keys of Spark properties start with spark.",
                        "Ignoring a value without a key: the keys of Spark properties start with spark.")
                .noneMatch(warning -> warning.contains("hunter2"));
    }

    @Test
    void splitsConfAtItsFirstEqualsSignAndLetsTheLastWin() {
        assertThat(assemble("-c", "spark.a=x", "-c", "spark.a=k=v=w", "-c", "spark.b=")
                        .toMap())
                .containsOnly(Map.entry("spark.a", "k=v=w"), Map.entry("spark.b", ""));
    }

    @Test
    void refusesConfWithoutValue() {
        assertThatThrownBy(() -> assemble("-c", "spark.a"))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "--conf spark.a has no '='. Write --conf key=value, in quotes when the value contains spaces.");
    }

    @Test
    void refusesPropertiesFileThatIsMissing() {
        assertThatThrownBy(() -> assemble("--properties-file", "missing.conf"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(directory.resolve("missing.conf").toString());
    }
}
