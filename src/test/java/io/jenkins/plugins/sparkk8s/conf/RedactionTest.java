package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.ssl.keyPassword",
                "spark.hadoop.fs.s3a.secret.key",
                "spark.hadoop.fs.s3a.access.key",
                "spark.hadoop.aws.accessKey",
                "spark.kubernetes.authenticate.submission.oauthToken"
            })
    void hidesValuesOfKeysThatLookSecret(String key) {
        assertThat(Redaction.defaults().value(key, "hunter2")).isEqualTo(Redaction.REPLACEMENT);
    }

    @Test
    void hidesValuesThatLookSecretThemselves() {
        assertThat(Redaction.defaults().value("spark.driver.extraJavaOptions", "-Dpassword=hunter2"))
                .isEqualTo(Redaction.REPLACEMENT);
    }

    @Test
    void showsOthersAndKeepsAllKeys() {
        assertThat(Redaction.defaults().map(Map.of("spark.app.name", "pi", "spark.my.TOKEN", "x")))
                .containsExactly(Map.entry("spark.app.name", "pi"), Map.entry("spark.my.TOKEN", Redaction.REPLACEMENT));
    }

    @Test
    void followsRuleOfTheConfiguration() {
        Redaction redaction = Redaction.of(SparkConf.empty().with(CoreOptions.REDACTION_REGEX, "(?i)pin"));

        assertThat(redaction.value("spark.my.pin", "1234")).isEqualTo(Redaction.REPLACEMENT);
        assertThat(redaction.isSecret("spark.my.password")).isFalse();
    }

    @Test
    void namesKeyOfRuleThatIsNoRegularExpression() {
        assertThatThrownBy(() -> Redaction.of(SparkConf.empty().with(CoreOptions.REDACTION_REGEX, "[")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("spark.redaction.regex is not a regular expression");
    }
}
