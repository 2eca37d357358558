package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigOptionsTest {

    @Test
    void knowsEveryConstantOfEveryTableOnce() {
        long constants = Stream.of(
                        CoreOptions.class,
                        KubernetesOptions.class,
                        SecurityOptions.class,
                        DriverSideOptions.class,
                        ExecutorAllocationOptions.class)
                .flatMap(table -> Arrays.stream(table.getDeclaredFields()))
                .map(Field::getType)
                .filter(ConfigOption.class::equals)
                .count();

        assertThat(ConfigOptions.byKey()).hasSize((int) constants);
        assertThat(ConfigOptions.byKey())
                .containsKeys("spark.master", "spark.kubernetes.namespace", "spark.kubernetes.executor.rollPolicy");
        ConfigOptions.byKey()
                .forEach(
                        (key, option) -> assertThat(option.key()).isEqualTo(key).startsWith("spark."));
    }

    static Collection<ConfigOption<?>> all() {
        return ConfigOptions.byKey().values();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isDocumentedAndHasDefaultThatKeepsItsOwnRules(ConfigOption<?> option) {
        assertThat(option.doc()).isNotBlank().endsWith(".");
        assertThat(option.typeName()).isNotBlank();
        assertThatCode(option::defaultValue).doesNotThrowAnyException();
    }

    @Test
    void acceptsEmptyConfigurationAndKeysItDoesNotKnow() {
        assertThatCode(() -> ConfigOptions.check(SparkConf.of(Map.of("spark.sql.shuffle.partitions", "many"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> ConfigOptions.check(SparkConf.empty())).doesNotThrowAnyException();
    }

    @Test
    void acceptsAnyValueOfAKeyThatTheReleaseDoesNotHave() {
        Map<String, String> conf = new HashMap<>(Map.of(
                "spark.kubernetes.submit.sparkVersion", "4.2.0",
                "spark.kubernetes.securityContext.allowPrivilegeEscalation", "yes"));
        ConfigOptions.check(SparkConf.of(conf));

        conf.put("spark.kubernetes.submit.sparkVersion", "4.3.0");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConfigOptions.check(SparkConf.of(conf)))
                .withMessageContaining("'yes'");
    }

    @Test
    void reportsAllErrorsTogether() {
        SparkConf conf = SparkConf.of(Map.of(
                "spark.driver.memory", "plenty",
                "spark.kubernetes.executor.rollPolicy", "RANDOM",
                "spark.kubernetes.allocation.batch.delay", "100ms",
                "spark.kubernetes.submit.sparkVersion", "2.4.8",
                "spark.redaction.regex", "(",
                "spark.executor.cores", "4"));

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConfigOptions.check(conf))
                .satisfies(error -> assertThat(error.problems())
                        .hasSize(5)
                        .anySatisfy(problem -> assertThat(problem).contains("'plenty'", "spark.driver.memory"))
                        .anySatisfy(problem -> assertThat(problem).contains("'RANDOM'", "rollPolicy", "OUTLIER"))
                        .anySatisfy(problem -> assertThat(problem).contains("'100ms'", "longer than 100ms"))
                        .anySatisfy(problem -> assertThat(problem).contains("'2.4.8'", "Use 3.5 or a newer release"))
                        .anySatisfy(problem -> assertThat(problem).contains("spark.redaction.regex")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spark.driver.memory|0|It must be a positive size such as 512m or 4g.",
                "spark.executor.cores|0|It must be a positive whole number.",
                "spark.driver.cores|-1|It must be a positive whole number.",
                "spark.kubernetes.memoryOverheadFactor|-0.1|It must not be negative.",
                "spark.driver.memoryOverheadFactor|0|It must be greater than 0.",
                "spark.kubernetes.container.image.pullPolicy|always|It must be one of: Always, Never, IfNotPresent.",
                "spark.kubernetes.driver.service.ipFamilyPolicy|Dual|It must be one of: SingleStack, PreferDualStack, RequireDualStack.",
                "spark.kubernetes.configMap.maxSize|1048577|It must be at most 1048576 bytes.",
                "spark.kubernetes.report.interval|0s|It must be a positive time.",
                "spark.kubernetes.report.interval|500us|It must be a positive time.",
                "spark.kubernetes.executor.podNamePrefix|Upper|It must be a DNS subdomain name of at most 237 characters.",
                "spark.kubernetes.executor.rollInterval|-1s|It must not be negative.",
                "spark.kubernetes.namespace|team-a/../kube-system|It must have at most 63 lower-case letters, digits and '-', and begin and end with a letter or digit.",
            })
    void namesKeyValueAndRule(String key, String value, String requirement) {
        assertThatThrownBy(() -> ConfigOptions.check(SparkConf.empty().with(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The value '%s' of %s is not valid. %s", value, key, requirement);
    }

    @Test
    void reportsTimeTooLongForItsRule() {
        assertThatThrownBy(() -> ConfigOptions.check(
                        SparkConf.empty().with("spark.kubernetes.allocation.batch.delay", "9223372036854775807s")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("spark.kubernetes.allocation.batch.delay");
    }

    @Test
    void acceptsPodNamePrefixUpToItsLimit() {
        ConfigOption<String> prefix = DriverSideOptions.EXECUTOR_POD_NAME_PREFIX;

        assertThat(prefix.parse("a".repeat(237))).hasSize(237);
        assertThat(prefix.parse("spark.pi-1")).isEqualTo("spark.pi-1");
        for (String wrong : List.of("a".repeat(238), "", "-a", "a-", "a..b", "a_b", "a\n")) {
            assertThatThrownBy(() -> prefix.parse(wrong)).isInstanceOf(ConfigurationException.class);
        }
    }

    @Test
    void acceptsRollPolicyInAnyCase() {
        assertThat(DriverSideOptions.EXECUTOR_ROLL_POLICY.parse("outlier")).isEqualTo("outlier");
    }

    @Test
    void hidesSecretValueInItsComplaint() {
        ConfigOption<Integer> secret =
                ConfigOption.integer("spark.test.password").build();

        assertThatThrownBy(() ->
                        SparkConf.empty().with("spark.test.password", "hunter2").get(secret))
                .hasMessage(
                        "The value '*********(redacted)' of spark.test.password is not valid. It must be a whole number.")
                .hasNoCause();
        assertThatThrownBy(() -> SparkConf.empty()
                        .with("spark.driver.cores", "token=abc")
                        .get(CoreOptions.DRIVER_CORES))
                .hasMessageNotContaining("abc");
    }

    @Test
    void namesTheReaderOfTheKey() {
        assertThat(KubernetesOptions.NAMESPACE.side()).isEqualTo(ConfigOption.Side.SUBMISSION);
        assertThat(DriverSideOptions.EXECUTOR_ROLL_POLICY.side()).isEqualTo(ConfigOption.Side.DRIVER);
        assertThat(CoreOptions.APP_ID.side()).isEqualTo(ConfigOption.Side.WRITTEN);
        assertThat(KubernetesOptions.SUBMIT_SPARK_VERSION.since()).isEmpty();
        assertThat(KubernetesOptions.NAMESPACE.since()).isEqualTo("2.3.0");
        assertThat(KubernetesOptions.NAMESPACE).hasToString("spark.kubernetes.namespace");
    }
}
