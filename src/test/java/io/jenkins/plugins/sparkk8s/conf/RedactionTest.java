package io.jenkins.plugins.sparkk8s.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.ssl.keyPassword",
                "spark.hadoop.fs.s3a.secret.key",
                "spark.hadoop.fs.s3a.access.key",
                "spark.hadoop.aws.accessKey",
                "spark.kubernetes.authenticate.submission.oauthToken",
                "spark.hadoop.fs.azure.account.key.store.dfs.core.windows.net",
                "spark.hadoop.fs.azure.sas.box.store.blob.core.windows.net",
                "spark.hadoop.fs.azure.account.oauth2.client.secret.store.dfs.core.windows.net",
                "spark.hadoop.fs.gs.auth.service.account.private.key",
                "spark.hadoop.fs.gs.auth.service.account.private.key.id",
                "spark.hadoop.google.cloud.auth.service.account.private.key",
                "spark.hadoop.fs.s3a.encryption.key",
                "spark.hadoop.fs.s3a.bucket.logs.encryption.key",
                "spark.hadoop.fs.s3a.server-side-encryption.key",
                "spark.hadoop.fs.s3a.session.token",
                "spark.myapp.keyPassphrase",
                "spark.myapp.pass-phrase",
                "spark.myapp.dbPasswd",
                "spark.myapp.db.pwd",
                "spark.myapp.apiKey",
                "spark.ssl.keyStorePassword",
                "spark.ssl.historyServer.trustStorePassword"
            })
    void hidesValuesOfKeysThatLookSecret(String key) {
        assertThat(Redaction.defaults().value(key, "hunter2")).isEqualTo(Redaction.REPLACEMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark.io.encryption.keySizeBits",
                "spark.io.encryption.keygen.algorithm",
                "spark.ssl.keyStore",
                "spark.ssl.keyStoreType",
                "spark.hadoop.fs.azure.account.keyprovider.store.dfs.core.windows.net",
                "spark.hadoop.fs.azure.account.auth.type",
                "spark.hadoop.fs.gs.auth.service.account.private.key.path",
                "spark.hadoop.fs.gs.auth.service.account.json.keyfile",
                "spark.hadoop.fs.s3a.encryption.algorithm",
                "spark.hadoop.hadoop.security.credential.provider.path",
                "spark.kubernetes.kerberos.tokenSecret.name",
                "spark.kubernetes.container.image.pullSecrets",
                "spark.kubernetes.authenticate.submission.oauthTokenFile",
                "spark.kubernetes.authenticate.driver.mounted.oauthTokenFile",
                "spark.sql.shuffle.partitions"
            })
    void showsValuesOfKeysThatOnlySoundAlike(String key) {
        assertThat(Redaction.defaults().value(key, "plain")).isEqualTo("plain");
    }

    @Test
    void hidesWellKnownSecretsWhateverTheRuleOfTheConfigurationIs() {
        Redaction redaction = Redaction.of(SparkConf.empty().with(CoreOptions.REDACTION_REGEX, "(?i)pin"));

        assertThat(redaction.isSecret("spark.hadoop.fs.s3a.encryption.key")).isTrue();
        assertThat(redaction.matches("spark.hadoop.fs.s3a.encryption.key")).isFalse();
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

    @ParameterizedTest
    @CsvSource({
        "spark.kubernetes.driver.secretKeyRef.DB_PASSWORD, db:password",
        "spark.kubernetes.executor.secretKeyRef.TOKEN, api:token",
        "spark.kubernetes.executor.secrets.db-password, /mnt/secrets",
        "spark.authenticate.secret.file, /run/secrets/token",
        "spark.my.passwordFile, conf/password.txt"
    })
    void showsReferencesToSecretsButNoneThatIsASecret(String key, String reference) {
        assertThat(Redaction.defaults().value(key, reference)).isEqualTo(reference);
        assertThat(Redaction.defaults().value(key, "hunter2")).isEqualTo(Redaction.REPLACEMENT);
    }

    @Test
    void hidesReferencesThatARuleOfTheUsersOwnMatches() {
        Redaction redaction = Redaction.of(SparkConf.empty().with(CoreOptions.REDACTION_REGEX, "(?i)secret"));

        assertThat(redaction.value("spark.kubernetes.driver.secretKeyRef.X", "db:password"))
                .isEqualTo(Redaction.REPLACEMENT);
    }

    @Test
    void namesKeyOfRuleThatIsNoRegularExpression() {
        assertThatThrownBy(() -> Redaction.of(SparkConf.empty().with(CoreOptions.REDACTION_REGEX, "[")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("spark.redaction.regex is not a regular expression");
    }
}
