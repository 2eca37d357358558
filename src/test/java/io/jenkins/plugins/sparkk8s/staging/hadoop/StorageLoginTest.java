package io.jenkins.plugins.sparkk8s.staging.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.AccessKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.AccountKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.Keytab;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.ServiceAccountKey;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StorageLoginTest {

    @ParameterizedTest
    @CsvSource({
        "s3a://uploads/a, s3a://uploads/b/c, true",
        "s3a://uploads/a, S3A://Uploads, true",
        "s3a://uploads/a, s3a://uploads2/a, false",
        "s3a://uploads/a, s3a://uploads@evil/a, false",
        "s3a://uploads/a, s3n://uploads/a, false",
        "abfss://c@acct.dfs.core.windows.net/a, abfss://c@acct.dfs.core.windows.net/b, true",
        "abfss://c@acct.dfs.core.windows.net/a, abfss://d@acct.dfs.core.windows.net/b, false",
        "abfss://c@acct.dfs.core.windows.net/a, abfs://c@acct.dfs.core.windows.net/b, false",
        "hdfs:///a, hdfs:///b, true",
        "hdfs:///a, hdfs://nn/b, false",
        "hdfs://nn:8020/a, hdfs://nn:8021/a, false",
        "/mnt/a, /mnt/b, false",
    })
    void isForItsStorageAlone(String configured, String path, boolean expected) {
        assertThat(new StorageLogin(configured, new AccessKey("k", "s", null)).isFor(path))
                .isEqualTo(expected);
    }

    static StorageCredential[] credentials() {
        return new StorageCredential[] {
            new AccessKey("AKID", "swordfish", "swordfish-token"),
            new AccountKey("swordfish"),
            new ServiceAccountKey("{\"private_key\": \"swordfish\"}"),
            new Keytab("jenkins@EXAMPLE.COM", "swordfish")
        };
    }

    @ParameterizedTest
    @MethodSource("credentials")
    void showsNoSecret(StorageCredential credential) {
        StorageLogin login = new StorageLogin("s3a://b/c", credential);

        assertThat(login.toString() + credential).doesNotContain("swordfish", "AKID");
        assertThat(credential.secrets())
                .isNotEmpty()
                .allSatisfy(secret ->
                        assertThat(login.mask().mask("it is " + secret + ".")).doesNotContain("swordfish"));
    }
}
