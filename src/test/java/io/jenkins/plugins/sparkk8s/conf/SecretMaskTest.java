package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
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

    @Test
    void hidesPasswordsInUrlsOfAnyKey() {
        assertThat(SecretMask.none().mask("jdbc:postgresql://joe:p@ss@db:5432/x"))
                .isEqualTo("jdbc:postgresql://joe:" + HIDDEN + "@db:5432/x");
        assertThat(SecretMask.none().mask("k8s://https://api:6443 and a@b"))
                .isEqualTo("k8s://https://api:6443 and a@b");
        assertThat(of("spark.my.url", "https://joe:hunter2hunter2@repo").mask("401 for hunter2hunter2"))
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
        Exception telling = new IllegalStateException("x", new IllegalArgumentException("hunter2-hunter2"));

        assertThat(mask.failure(harmless)).isSameAs(harmless);
        assertThat(mask.failure(telling))
                .hasToString("java.lang.IllegalStateException: x")
                .hasStackTraceContaining("IllegalArgumentException: " + HIDDEN)
                .satisfies(copy -> assertThat(copy.getStackTrace()).isEqualTo(telling.getStackTrace()));
    }
}
