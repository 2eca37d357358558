package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job has in secretConf is hidden, whatever the value. */
class SecretValuesMaskTest {
    private static final String HIDDEN = Redaction.REPLACEMENT;

    /** A mask for what a job has in secretConf; each value stands for a kind of trouble. */
    private static SecretMask secrets(String... values) {
        Map<String, String> entries = new TreeMap<>();
        for (String value : values) {
            entries.put("spark.my.pin" + entries.size(), value);
        }
        return SecretMask.of(SparkConf.empty().withSecrets(entries));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$[b]{9}.*\\Q\\E",
                "ends with \\",
                "$1 and $0 dollars",
                "****",
                "*********(redacted)",
                "redacted",
                "two\nlines of a secret",
                "tabs\tand\r\nother breaks",
                "ünïcödé-geheimnis",
                "a+b/c=d&e?f g%h",
                "<xml attribute=\"quoted & more\">",
                "  blanks around  "
            })
    void hidesEveryFormOfAValue(String value) {
        SecretMask mask = secrets(value);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        String url = URLEncoder.encode(value, StandardCharsets.UTF_8);

        for (String form : List.of(
                value,
                url,
                url.replace("+", "%20"),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t"))) {
            if (form.equals(HIDDEN)) {
                continue;
            }
            assertThat(mask.mask("before " + form + " after"))
                    .as(form)
                    .startsWith("before ")
                    .endsWith(" after")
                    .contains(HIDDEN)
                    .doesNotContain(form.strip().equals("redacted") || HIDDEN.contains(form) ? "\0" : form.strip());
        }
    }

    @Test
    void hidesAValueInsideTheBase64OfALongerText() {
        SecretMask mask = secrets("s3cr3t-of-the-database");

        for (int before = 0; before < 6; before++) {
            String text = "x".repeat(before) + "s3cr3t-of-the-database\nmore";
            String plain = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            String shown = mask.mask(plain);
            assertThat(shown).contains(HIDDEN);
            String rest = new String(
                    Base64.getMimeDecoder().decode(shown.substring(0, shown.indexOf(HIDDEN))), StandardCharsets.UTF_8);
            assertThat(rest).isEqualTo("x".repeat(rest.length()));
        }
    }

    @Test
    void hidesTheLongestOfSecretsThatBeginAlike() {
        SecretMask mask = secrets("hunter2-h", "hunter2-hunter2", "hunter2-hunter2-hunter2");

        assertThat(mask.mask("a hunter2-hunter2-hunter2 b hunter2-hunter2 c hunter2-h d"))
                .isEqualTo("a " + HIDDEN + " b " + HIDDEN + " c " + HIDDEN + " d");
    }

    @Test
    void hidesAllOfSecretsThatOverlap() {
        assertThat(secrets("12345678abcd", "abcd87654321").mask("x12345678abcd87654321y"))
                .isEqualTo("x" + HIDDEN + "y");
    }

    @Test
    void hidesAKeyFileLineByLineAndInWrappedBase64() {
        String key =
                "-----BEGIN KEY-----\r\n" + "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC".repeat(8) + "\r\n-----END KEY-----\r\n";
        SecretMask mask = secrets(key);

        key.lines().forEach(line -> assertThat(mask.mask("> " + line)).isEqualTo("> " + HIDDEN));
        Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(key.getBytes(StandardCharsets.UTF_8))
                .lines()
                .filter(line -> line.length() >= 8)
                .forEach(line -> assertThat(mask.mask("> " + line)).isEqualTo("> " + HIDDEN));
    }

    @Test
    void changesNothingWhenAskedTwice() {
        SecretMask mask = secrets("redacted", "hunter2-hunter2", "*****");

        String once = mask.mask("hunter2-hunter2 is redacted here https://a:b@c");
        assertThat(mask.mask(once)).isEqualTo(once);
    }

    @Test
    void costsALineTheSameForManySecrets() {
        String key = "line of a key file that is long\n".repeat(1000);
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < 2000; line++) {
            lines.append(line).append(key, 0, 20).append('\n');
        }
        SecretMask mask = secrets(lines.toString());
        String log = "26/11/27 04:00:00 INFO TaskSetManager: Finished task 17.0 in stage 3.0 (TID 42)";

        assertTimeout(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 100_000; i++) {
                assertThat(mask.mask(log) == log || mask.mask(log).equals(log)).isTrue();
            }
        });
    }

    @Test
    void showsNoTextOfOthersWhenTheValuesAreNotKnown() {
        SecretMask mask = SecretMask.none().and(SecretMask.unknown());

        assertThat(mask.isUnknown()).isTrue();
        assertThat(mask.maskUntrusted("java.sql.SQLException: hunter2")).isEqualTo(HIDDEN);
        assertThat(mask.maskUntrusted(" ")).isEqualTo(" ");
        assertThat(mask.mask("[driver] Running")).isEqualTo("[driver] Running");
        assertThat(secrets("hunter2-hunter2").maskUntrusted("pw hunter2-hunter2"))
                .isEqualTo("pw " + HIDDEN);
    }

    @Test
    void copiesAFailureThatSuppressesASecret() {
        Exception failure = new IllegalStateException("x");
        failure.addSuppressed(new IllegalArgumentException("y", new RuntimeException("hunter2-hunter2")));

        assertThat(secrets("hunter2-hunter2").failure(failure))
                .isNotSameAs(failure)
                .satisfies(copy -> assertThat(copy.getSuppressed()).isEmpty());
    }
}
