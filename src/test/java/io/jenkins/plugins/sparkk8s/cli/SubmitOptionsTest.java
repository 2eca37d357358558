package io.jenkins.plugins.sparkk8s.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Option;

class SubmitOptionsTest {

    /** Both ways to read arguments, where there are two, find the same. */
    private static SubmitOptions parse(String... arguments) {
        SubmitOptions options = LibraryArguments.read(arguments);
        PlainArguments.read(arguments)
                .ifPresent(plain -> assertThat(plain).usingRecursiveComparison().isEqualTo(options));
        return options;
    }

    @Test
    void readsEveryDedicatedOptionAsItsProperty() {
        SubmitOptions options =
                parse(("--master k8s://api --deploy-mode cluster --name n --jars j --files f --archives a --py-files p"
                                + " --packages g:a:1 --exclude-packages g:b --repositories r --driver-memory 1g"
                                + " --driver-cores 2 --driver-java-options o --driver-library-path l"
                                + " --driver-class-path c --executor-memory 3g --executor-cores 4 --num-executors 5"
                                + " --principal me --keytab k --class org.example.Main --proxy-user u app.jar")
                        .split(" "));

        assertThat(options.asProperties())
                .containsOnly(
                        Map.entry("spark.master", "k8s://api"),
                        Map.entry("spark.submit.deployMode", "cluster"),
                        Map.entry("spark.app.name", "n"),
                        Map.entry("spark.jars", "j"),
                        Map.entry("spark.files", "f"),
                        Map.entry("spark.archives", "a"),
                        Map.entry("spark.submit.pyFiles", "p"),
                        Map.entry("spark.jars.packages", "g:a:1"),
                        Map.entry("spark.jars.excludes", "g:b"),
                        Map.entry("spark.jars.repositories", "r"),
                        Map.entry("spark.driver.memory", "1g"),
                        Map.entry("spark.driver.cores", "2"),
                        Map.entry("spark.driver.extraJavaOptions", "o"),
                        Map.entry("spark.driver.extraLibraryPath", "l"),
                        Map.entry("spark.driver.extraClassPath", "c"),
                        Map.entry("spark.executor.memory", "3g"),
                        Map.entry("spark.executor.cores", "4"),
                        Map.entry("spark.executor.instances", "5"),
                        Map.entry("spark.kerberos.principal", "me"),
                        Map.entry("spark.kerberos.keytab", "k"));
        assertThat(options.mainClass).isEqualTo("org.example.Main");
        assertThat(options.proxyUser).isEqualTo("u");
        assertThat(options.application).containsExactly("app.jar");
    }

    @Test
    void takesValueAfterEqualsSign() {
        SubmitOptions options = parse("--name=a=b", "--conf=spark.x=y=z", "--properties-file=p", "app.jar");

        assertThat(options.name).isEqualTo("a=b");
        assertThat(options.conf).containsExactly("spark.x=y=z");
        assertThat(options.propertiesFile).isEqualTo("p");
    }

    @Test
    void collectsExtraPropertiesFiles() {
        assertThat(parse("--extra-properties-file", "a", "--extra-properties-file=b", "app.jar").extraPropertiesFiles)
                .containsExactly("a", "b");
    }

    @Test
    void collectsConf() {
        assertThat(parse("-c", "k=v=w", "--conf", "spark.a=b c", "--conf", "spark.d=", "app.jar").conf)
                .containsExactly("k=v=w", "spark.a=b c", "spark.d=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Dx=y",
                "-cp x",
                "--verbose",
                "--",
                "-v",
                "@file",
                "\"quoted\"",
                "'quoted'",
                "${sys:user.name}",
                "",
                "a,b",
                "-XX:+UseG1GC -Dk=\"v w\""
            })
    void takesNextWordForValueWhateverItLooksLike(String value) {
        SubmitOptions options = parse("--driver-java-options", value, "--conf", value, "--name", "n", "app.jar");

        assertThat(options.driverJavaOptions).isEqualTo(value);
        assertThat(options.conf).containsExactly(value);
        assertThat(options.name).isEqualTo("n");
        assertThat(options.verbose).isFalse();
        assertThat(options.application).containsExactly("app.jar");
    }

    @Test
    void leavesArgumentsOfTheApplicationAlone() {
        String[] arguments = {
            "app.jar",
            "--",
            "-v",
            "@file",
            "--conf",
            "spark.x=y",
            "--unknown",
            "",
            "a b",
            "\"q\"",
            "--",
            "--name=z",
            "-c"
        };

        SubmitOptions options = parse(arguments);

        assertThat(options.application).containsExactly(arguments);
        assertThat(options.conf).isEmpty();
        assertThat(options.verbose).isFalse();
        assertThat(options.name).isNull();
    }

    @Test
    void letsTheLastOneWin() {
        SubmitOptions options = parse("--name", "a", "--name", "b", "--verbose", "-v", "app.jar");

        assertThat(options.name).isEqualTo("b");
        assertThat(options.verbose).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--unknown", "--unknown=x", "-x", "--Name", "--nam", "--", "-Dx=y", "-vx", "--verbosee"})
    void refusesUnknownOption(String option) {
        assertThatThrownBy(() -> parse(option, "app.jar"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(option);
        assertThat(PlainArguments.read(option, "app.jar")).isEmpty();
    }

    @Test
    void refusesOptionWithoutValue() {
        assertThatThrownBy(() -> parse("--master"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--master");
        assertThat(PlainArguments.read("--master")).isEmpty();
    }

    @Test
    void needsNoApplicationToKillOrAsk() {
        assertThat(parse("--kill", "ns:app*", "--master", "k8s://api").kill).isEqualTo("ns:app*");
        assertThat(parse("--status", "ns:app").status).isEqualTo("ns:app");
        assertThat(parse("--version").version).isTrue();
        assertThat(parse("--help").help).isTrue();
        assertThat(parse().application).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"--queue, root, YARN", "--total-executor-cores, 8, --num-executors"})
    void saysWhichOptionsHaveNoEffect(String option, String value, String reason) {
        SubmitOptions options = parse(option, value, "--supervise", "app.jar");

        assertThat(options.withoutEffect())
                .hasSize(2)
                .anySatisfy(note -> assertThat(note).contains(option, reason))
                .anySatisfy(note -> assertThat(note).contains("--supervise"));
        assertThat(options.asProperties()).isEmpty();
        assertThat(parse("app.jar").withoutEffect()).isEmpty();
    }

    private static List<Option> options() {
        return Arrays.stream(SubmitOptions.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Option.class))
                .map(field -> field.getAnnotation(Option.class))
                .toList();
    }

    @Test
    void readsEveryOptionButHelpWithoutTheLibrary() throws IllegalAccessException {
        for (Field field : SubmitOptions.class.getDeclaredFields()) {
            Option option = field.getAnnotation(Option.class);
            if (option != null && !option.usageHelp()) {
                for (String name : option.names()) {
                    String[] words = field.getType() == boolean.class
                            ? new String[] {name, "app.jar"}
                            : new String[] {name, "value", "app.jar"};
                    assertThat(PlainArguments.read(words)).as(name).isPresent();
                    assertThat(field.get(parse(words))).as(name).isNotIn(null, false, List.of());
                }
            }
        }
        assertThat(PlainArguments.read("--help")).isEmpty();
    }

    @Test
    void readsTheSameWithAndWithoutTheLibrary() {
        List<String> words = Stream.concat(
                        options().stream().flatMap(option -> Arrays.stream(option.names())),
                        Stream.of(
                                "app.jar", "k=v", "", "-", "--", "=", "-x", "--unknown", "-cp", "-vc", "@file", "a b"))
                .toList();
        Random random = new Random(4711);
        int read = 0;
        for (int run = 0; run < 5000; run++) {
            String[] arguments = new String[random.nextInt(6)];
            for (int i = 0; i < arguments.length; i++) {
                String word = words.get(random.nextInt(words.size()));
                arguments[i] = random.nextInt(4) == 0 ? word + "=" + words.get(random.nextInt(words.size())) : word;
            }
            if (PlainArguments.read(arguments).isPresent()) {
                read++;
                parse(arguments);
            }
        }
        assertThat(read).isGreaterThan(500);
    }

    @Test
    void showsWhatItTakesAndTheExitStatus() {
        StringWriter text = new StringWriter();
        LibraryArguments.describe(new PrintWriter(text));

        assertThat(text.toString())
                .contains(
                        "spark-k8s-submit [options]", "--properties-file=FILE", "--load-spark-defaults", "Exit status:")
                .doesNotContain("--supervise", "Usage: Usage:");
    }
}
