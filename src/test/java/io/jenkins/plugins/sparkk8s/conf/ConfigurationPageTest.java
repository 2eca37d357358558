package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/configuration.md is made from the option tables; {@code -DupdateDocs} writes it again. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("docs", "configuration.md");

    private static final String HEAD = """
            # Configuration

            Every key that is read or checked at submission. This page is generated from the option tables of `conf`; to change a
            line, change the option and run `mvn -B -ntp test -Dtest=ConfigurationPageTest -DupdateDocs`.

            Side is the reader of a key: the *submitter*; the *driver*, where Spark would report an error only after the start of the
            application, so it is checked before; or *written* if the submitter sets it and users should not. All other keys
            are passed to Spark unchanged.

            Keys with a variable part are `spark.kubernetes.{driver,executor}.{label,annotation,secrets,secretKeyRef,node.selector}.*`,
            `spark.kubernetes.node.selector.*`, `spark.kubernetes.driver.service.{label,annotation}.*`,
            `spark.kubernetes.{driver,executor}.volumes.*`, `spark.kubernetes.driverEnv.*`, `spark.executorEnv.*`,
            `spark.kubernetes.authenticate.{submission,driver,driver.mounted}.*`, `spark.{driver,executor}.resource.*` and
            `spark.hadoop.*`; their meaning is Spark's.

            | key | type | default | since | side | meaning |
            | --- | --- | --- | --- | --- | --- |
            """;

    @Test
    void pageShowsEveryOptionAsItIs() throws IOException {
        String expected = HEAD
                + ConfigOptions.byKey().values().stream()
                        .map(ConfigurationPageTest::row)
                        .collect(Collectors.joining());
        if (System.getProperty("updateDocs") != null) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    private static String row(ConfigOption<?> option) {
        return "| `%s` | %s | %s | %s | %s | %s |%n"
                .formatted(
                        option.key(),
                        option.typeName(),
                        defaultOf(option),
                        option.since().isEmpty() ? "ours" : option.since(),
                        switch (option.side()) {
                            case SUBMISSION -> "submitter";
                            case DRIVER -> "driver";
                            case WRITTEN -> "written";
                        },
                        option.doc());
    }

    private static String defaultOf(ConfigOption<?> option) {
        return option.fallback()
                .map(other -> "`" + other.key() + "`")
                .or(() -> option.defaultText()
                        .filter(text -> !text.isEmpty())
                        .map(text -> "`" + text.replace("|", "\\|") + "`"))
                .orElse("");
    }
}
