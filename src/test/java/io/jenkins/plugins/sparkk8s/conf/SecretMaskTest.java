package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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

        // The time of the processor, since that of the clock is also that of other programs.
        long nanos = assertTimeoutPreemptively(Duration.ofMinutes(5), () -> {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long start = threads.getCurrentThreadCpuTime();
            SecretMask.none().mask(text);
            of("spark.my.text", text);
            return threads.getCurrentThreadCpuTime() - start;
        });
        assertThat(Duration.ofNanos(nanos)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void hidesThePasswordOfAUrlAlsoDecoded() {
        assertThat(of("spark.my.url", "https://joe:hunter%2F2hunter@repo").mask("401 for hunter/2hunter"))
                .isEqualTo("401 for " + HIDDEN);
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
