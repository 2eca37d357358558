package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.AbortException;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.AccessKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.AccountKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.Keytab;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.ServiceAccountKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadCredentialTest {
    private static final String S3 = "s3a://uploads/spark";
    private static final String AZURE = "abfss://c@acct.dfs.core.windows.net/spark";
    private static final String JSON = "{\"type\": \"service_account\", \"private_key\": \"swordfish\"}";
    private static final byte[] KEYTAB = {5, 2, 0, 0, 0, 0};

    private final TestJenkins jenkins = new TestJenkins();

    @BeforeEach
    void keepCredentials() {
        jenkins.keys("keys", "AKID ", "swordfish\n");
        jenkins.text("text", "c3dvcmRmaXNo\n");
        jenkins.text("no-base64", "swordfish!");
        jenkins.file("json", JSON.getBytes(StandardCharsets.UTF_8));
        jenkins.file("keytab", KEYTAB);
        jenkins.token("token", "swordfish");
        jenkins.put(new Aws("aws", new AmazonWebServicesCredentials.Permanent("AKAWS", "swordfish")));
        jenkins.put(new Aws("role", new AmazonWebServicesCredentials.Temporary("AKROLE", "swordfish", "session")));
    }

    @AfterEach
    void stop() {
        jenkins.close();
    }

    private record Aws(String getId, Object resolveCredentials) implements AmazonWebServicesCredentials {
        @Override
        public String getDescription() {
            return getId;
        }
    }

    private static SparkCluster cluster(String path, String credentialsId) {
        SparkCluster cluster = new SparkCluster("prod", "https://kubernetes.example.com");
        cluster.setUploadPath(path);
        cluster.setUploadCredentialsId(credentialsId);
        return cluster;
    }

    private static StorageLogin login(String path, String credentialsId) throws AbortException {
        return UploadCredential.of(cluster(path, credentialsId), null);
    }

    @Test
    void givesEachStorageItsKind() throws Exception {
        assertThat(login(S3, "keys")).isEqualTo(new StorageLogin(S3, new AccessKey("AKID", "swordfish", null)));
        assertThat(login(AZURE, "text")).isEqualTo(new StorageLogin(AZURE, new AccountKey("c3dvcmRmaXNo")));
        assertThat(login("gs://bucket/x", "json").credential()).isEqualTo(new ServiceAccountKey(JSON));
        SparkCluster kerberos = cluster("hdfs://nn/spark", "keytab");
        kerberos.setUploadPrincipal("jenkins@EXAMPLE.COM");
        assertThat(UploadCredential.of(kerberos, null).credential())
                .isEqualTo(new Keytab("jenkins@EXAMPLE.COM", "BQIAAAAA"));
        assertThat(login(S3, null)).isNull();
    }

    @Test
    void takesKeysOfTheAwsCredentialsPlugin() throws Exception {
        assertThat(login(S3, "aws").credential()).isEqualTo(new AccessKey("AKAWS", "swordfish", null));
        assertThat(login(S3, "role").credential()).isEqualTo(new AccessKey("AKROLE", "swordfish", "session"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3a://uploads/spark | gone | does not exist",
                "s3a://uploads/spark | text | has another type than s3a://uploads/spark takes; use a user name with password",
                "abfss://c@acct/x | keys | use a secret text with the key of the storage account",
                "abfss://c@acct/x | no-base64 | is not the key of a storage account",
                "gs://bucket/x | keytab | is not the JSON key of a Google service account",
                "hdfs://nn/x | json | is not a keytab",
                "hdfs://nn/x | keytab | has no principal",
                "file:/mnt/x | keys | cannot be used",
            })
    void reportsWhatCannotBeUsedWithoutItsValue(String path, String credentialsId, String sentence) {
        assertThatThrownBy(() -> login(path, credentialsId))
                .isInstanceOf(AbortException.class)
                .hasMessageContaining(
                        "The credential %s for the upload path of the cluster prod".formatted(credentialsId))
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("swordfish")
                .hasLineCount(1);
    }

    @Test
    void isReadEachTimeSoThatARenewedOneIsUsedAtOnce() throws Exception {
        login(S3, "keys");
        jenkins.keys("keys", "AKID", "renewed");

        assertThat(login(S3, "keys").credential()).isEqualTo(new AccessKey("AKID", "renewed", null));
    }

    @ParameterizedTest
    @CsvSource({
        "s3a://b/x, keys aws role",
        "abfss://c@acct/x, text no-base64",
        "gs://b/x, json keytab",
        "hdfs://nn/x, json keytab",
        "file:/mnt/x, ''",
    })
    void formOffersWhatThePathTakes(String path, String expected) {
        List.of("keys", "text", "no-base64", "json", "keytab", "token", "aws", "role")
                .forEach(jenkins::offer);

        ListBoxModel items = new SparkCluster.DescriptorImpl().doFillUploadCredentialsIdItems("", path);

        assertThat(items.stream().map(item -> item.value).filter(id -> !id.isEmpty()))
                .containsExactlyInAnyOrder(java.util.stream.Stream.of(expected.split(" "))
                        .filter(id -> !id.isEmpty())
                        .toArray(String[]::new));
        assertThat(CredentialsProvider.tracked()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "- | keys | - | no upload path",
                "file:/mnt/x | keys | - | takes no credentials",
                "hdfs://nn/x | keytab | - | needs the principal",
                "hdfs://nn/x | keytab | jenkins | needs the principal",
                "s3a://b/x | keys | jenkins@EXAMPLE.COM | no keytab",
                "hdfs://nn/x | - | jenkins@EXAMPLE.COM | no keytab",
            })
    void cannotBeSavedWhenPathCredentialAndPrincipalDoNotFit(
            String path, String credentialsId, String principal, String problem) {
        SparkCluster cluster = cluster(path, credentialsId);
        cluster.setUploadPrincipal(principal);

        assertThat(ClusterChecks.problems(cluster)).singleElement().asString().contains(problem);
    }
}
