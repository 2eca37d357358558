package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskTest {
    private static final String HIDDEN = Redaction.REPLACEMENT;
    private static final String SECRET = "a:b=\"hunter2\"";

    private static SecretMask of(String key, String value) {
        return SecretMask.of(SparkConf.of(Map.of(key, value)));
    }

    @Test
    void hidesSecretAnywhereInALine() {
        assertThat(of("spark.my.password", "hunter2-hunter2").mask("user=joe&pw=hunter2-hunter2&x"))
                .isEqualTo("user=joe&pw=" + HIDDEN + "&x");
    }

    @Test
    void hidesMarkedValueWhateverItsKeyIsCalled() {
        SparkConf conf = SparkConf.empty().withSecrets(Map.of("spark.my.pin", "98761234"));

        assertThat(SecretMask.of(conf).mask("dialing 98761234")).isEqualTo("dialing " + HIDDEN);
    }

    @Test
    void followsTheUsersOwnRule() {
        SparkConf conf = SparkConf.of(Map.of("spark.redaction.regex", "pin", "spark.my.pin", "98761234"));

        assertThat(SecretMask.of(conf).mask("dialing 98761234")).isEqualTo("dialing " + HIDDEN);
    }

    @Test
    void takesDefaultRuleWhileTheUsersOwnIsBroken() {
        SparkConf conf = SparkConf.of(Map.of("spark.redaction.regex", "(", "spark.my.password", "hunter2-hunter2"));

        assertThat(SecretMask.of(conf).mask("hunter2-hunter2")).isEqualTo(HIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        "[spark] ready, [*********(redacted)] ready",
        "spark.app.name is pi, spark.app.name is pi",
        "sparkling, sparkling",
        "the password is spark., the password is *********(redacted).",
    })
    void hidesShortSecretOnlyAsAWordOfItsOwn(String line, String shown) {
        assertThat(of("spark.my.password", "spark").mask(line)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "12", "abc"})
    void hidesTheShortestSecretBesideItsKey(String value) {
        assertThat(of("spark.my.password", value)
                        .mask("The value '%s' of spark.my.password is wrong.".formatted(value)))
                .isEqualTo("The value '" + HIDDEN + "' of spark.my.password is wrong.");
        assertThat(of("spark.my.password", value).mask("tasks: " + value)).isEqualTo("tasks: " + value);
    }

    @Test
    void leavesSwitchesAndNamesOfObjectsReadable() {
        SecretMask mask = SecretMask.of(SparkConf.of(Map.of(
                "spark.kubernetes.submit.secretsInSecret",
                "true",
                "spark.my.useToken",
                "true",
                "spark.kubernetes.container.image.pullSecrets",
                "registry-pull")));

        String line = "It is true: spark.kubernetes.container.image.pullSecrets names registry-pull.";
        assertThat(mask.mask(line)).isEqualTo(line);
    }

    @Test
    void hidesWhatIsNoNameOfAnObjectAlthoughItShouldBe() {
        String key = "spark.kubernetes.driver.secretKeyRef.PASSWORD";

        assertThat(of(key, "hunter2").mask("The value 'hunter2' of %s is not valid.".formatted(key)))
                .doesNotContain("hunter2");
    }

    @Test
    void hidesSecretInPropertiesJsonAndBase64() {
        SecretMask mask = of("spark.my.password", SECRET);

        assertThat(mask.mask("p=a\\:b\\=\"hunter2\"")).isEqualTo("p=" + HIDDEN);
        assertThat(mask.mask("{\"p\":\"a:b=\\\"hunter2\\\"\"}")).doesNotContain("hunter2");
        assertThat(mask.mask("{\"p\":\"a\\\\:b\\\\=\\\"hunter2\\\"\"}")).doesNotContain("hunter2");
        for (String before : List.of("", "x", "xy", "xyz")) {
            String base64 = Base64.getEncoder()
                    .encodeToString((before + SECRET + "\nspark.other=1").getBytes(StandardCharsets.UTF_8));
            assertThat(mask.mask(base64)).contains(HIDDEN);
        }
    }

    @Test
    void hidesEachLineOfALongerSecret() {
        SecretMask mask = of("spark.my.token", "-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----");

        assertThat(mask.mask("read MIIEvQIBADANBg")).isEqualTo("read " + HIDDEN);
    }

    @Test
    void hidesTheBeginningOfASecretThatWasCut() {
        assertThat(of("spark.my.token", "0123456789abcdef").mask("log 0123456789… (400 more characters)"))
                .isEqualTo("log " + HIDDEN + "… (400 more characters)");
    }

    @ParameterizedTest
    @CsvSource({
        "'89abcdef and more', '*********(redacted) and more'",
        "'cdef: no access', '*********(redacted): no access'",
        "'\uFFFD89abcdef', '*********(redacted)'",
        "'Njc4OWFiY2RlZg== in base64', '*********(redacted) in base64'",
        "'cdefghi', 'cdefghi'",
        "'0123456789abcdef whole', '*********(redacted) whole'",
        "'nothing of it', 'nothing of it'",
        "'', ''"
    })
    void hidesTheEndOfASecretWhoseBeginningWasCut(String text, String shown) {
        assertThat(of("spark.my.token", "0123456789abcdef").maskUntrustedEnd(text))
                .isEqualTo(shown);
    }

    @Test
    void hidesSeveralLinesOfASecretWhoseFirstLineWasCut() {
        assertThat(of("spark.my.token", "first line\nsecond\nthird").maskUntrustedEnd("line\nsecond\nthird\nfailed"))
                .isEqualTo(HIDDEN + "\nfailed");
    }

    @Test
    void hidesPasswordsInUrlsOfAnyKey() {
        assertThat(SecretMask.none().mask("jdbc:postgresql://joe:p@ss@db:5432/x"))
                .isEqualTo("jdbc:postgresql://joe:" + HIDDEN + "@db:5432/x");
        assertThat(SecretMask.none().mask("k8s://https://api:6443 and a@b"))
                .isEqualTo("k8s://https://api:6443 and a@b");
        assertThat(of("spark.my.url", "https://joe:hunter2hunter2@repo").mask("401 for hunter2hunter2"))
                .isEqualTo("401 for " + HIDDEN);
    }

    @ParameterizedTest
    @CsvSource({
        "https://ghp_token@github.com/x, https://HIDDEN@github.com/x",
        "https://joe:pw@repo/maven, https://HIDDEN@repo/maven",
        "k8s://https://joe:pw@api:6443, k8s://https://HIDDEN@api:6443",
        "webhdfs://joe:p/w@nn:9870/x, webhdfs://HIDDEN@nn:9870/x",
        "hdfs://joe:pw@nn/x and s3a://key:secret@box/y, hdfs://joe:HIDDEN@nn/x and s3a://key:HIDDEN@box/y",
        "'https://a/m2,https://u:p@b/m2', 'https://a/m2,https://HIDDEN@b/m2'",
        "http://joe:a:b@c@proxy:3128, http://HIDDEN@proxy:3128",
        "abfss://container@account.dfs.core.windows.net/x, abfss://container@account.dfs.core.windows.net/x",
        "https://host:8080/a@b, https://host:8080/a@b",
        "https://host/x?mail=joe@example.com, https://host/x?mail=joe@example.com",
        "see http://host, see http://host",
        "joe:pw@proxy:3128, joe:HIDDEN@proxy:3128",
        "proxy=joe:p:w@p@proxy.example.com:3128/, proxy=joe:HIDDEN@proxy.example.com:3128/",
        "'cannot reach \"joe:pw@proxy:3128\".', 'cannot reach \"joe:HIDDEN@proxy:3128\".'",
        "spark:3.5@sha256:0123456789abcdef, spark:3.5@sha256:0123456789abcdef",
        "10:15:00 sparkDriver@10.0.0.1:7078, 10:15:00 sparkDriver@10.0.0.1:7078",
        "org.acme.Job:main@1f2e3d, org.acme.Job:main@1f2e3d",
    })
    void hidesUserInfoOfUrls(String text, String shown) {
        assertThat(SecretMask.none().mask(text)).isEqualTo(shown.replace("HIDDEN", HIDDEN));
    }

    @Test
    void hidesThePasswordOfAProxyWithoutASchemeOnItsOwn() {
        assertThat(of("spark.my.proxy", "joe:hunter2hunter2@proxy:3128").mask("407 for hunter2hunter2"))
                .isEqualTo("407 for " + HIDDEN);
    }

    /** Text of a driver may have any form; its line must not hold up the lines of others. */
    @ParameterizedTest
    @ValueSource(strings = {"a://", "://", "http://a ", "a@", "a:b@", "a:b@c:", "x:y@h:1@", "a://b:c/", ":", "@"})
    void takesTimeInProportionToTheText(String part) {
        String text = part.repeat(200_000) + "@";

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            SecretMask.none().mask(text);
            of("spark.my.text", text);
        });
    }

    @Test
    void hidesThePasswordOfAUrlAlsoDecoded() {
        assertThat(of("spark.my.url", "https://joe:hunter%2F2hunter@repo").mask("401 for hunter/2hunter"))
                .isEqualTo("401 for " + HIDDEN);
    }

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

    @Test
    void guardsComplaints() {
        SecretMask mask = of("spark.my.password", "hunter2");

        assertThatThrownBy(() -> mask.guard(() -> {
                    throw new ConfigurationException(List.of("first: hunter2", "second"));
                }))
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        e -> assertThat(e.problems()).containsExactly("first: " + HIDDEN, "second"));
    }

    @Test
    void copiesOnlyFailuresThatHaveASecretInAnyCause() {
        SecretMask mask = of("spark.my.password", "hunter2-hunter2");
        Exception harmless = new IllegalStateException("x", new IllegalArgumentException("y"));
        Exception revealing = new IllegalStateException("x", new IllegalArgumentException("hunter2-hunter2"));

        assertThat(mask.failure(harmless)).isSameAs(harmless);
        assertThat(mask.failure(revealing))
                .hasToString("java.lang.IllegalStateException: x")
                .hasStackTraceContaining("IllegalArgumentException: " + HIDDEN)
                .satisfies(copy -> assertThat(copy.getStackTrace()).isEqualTo(revealing.getStackTrace()));
    }
}
