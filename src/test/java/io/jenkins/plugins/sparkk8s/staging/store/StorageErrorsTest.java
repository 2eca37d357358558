package io.jenkins.plugins.sparkk8s.staging.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageErrorsTest {
    private static final String PLACE = "hdfs://nn:8020/up";

    private static String sentence(IOException error) {
        return StorageErrors.sentence(error, PLACE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SIMPLE authentication is not enabled.  Available:[TOKEN, KERBEROS]|hdfs://nn:8020/up accepts Kerberos users only; set HADOOP_CONF_DIR to its configuration and get a ticket with kinit.",
                "Client cannot authenticate via:[TOKEN, KERBEROS]|hdfs://nn:8020/up accepts Kerberos users only; set HADOOP_CONF_DIR to its configuration and get a ticket with kinit.",
                "Operation category WRITE is not supported in state standby|the name node of hdfs://nn:8020/up is on standby; name the active one, or their common name service.",
                "Failed to specify server's Kerberos principal name|hdfs://nn:8020/up accepts Kerberos users only, and its own principal is not known; set spark.hadoop.dfs.namenode.kerberos.principal, such as nn/_HOST@REALM.",
                "failure to login: for principal: a@B from keytab /tmp/spark-upload1/key javax.security.auth.login.LoginException: Unable to obtain password from user|the login with Kerberos for hdfs://nn:8020/up failed (Unable to obtain password from user); check principal, keytab or ticket, and /etc/krb5.conf of this machine.",
                "Can't get Kerberos realm|the login with Kerberos for hdfs://nn:8020/up failed (Can't get Kerberos realm); check principal, keytab or ticket, and /etc/krb5.conf of this machine.",
                "Something else|Something else."
            })
    void saysWhatTheMessageMeans(String message, String expected) {
        assertThat(sentence(new IOException(message + "\nat a class\nat another")))
                .isEqualTo(expected);
    }

    @Test
    void saysWhatTheCauseMeans() {
        assertThat(sentence(new IOException("x", new SocketTimeoutException("10000 millis timeout"))))
                .isEqualTo("hdfs://nn:8020/up does not answer in time; check host, port and network.");
        assertThat(sentence(new NoRouteToHostException("No route to host")))
                .isEqualTo("no server answers at hdfs://nn:8020/up; check host and port.");
        assertThat(sentence(new EOFException()))
                .isEqualTo(
                        "hdfs://nn:8020/up ended the connection without an answer; check host and port, and whether the server runs.");
        assertThat(sentence(new AccessDeniedException("/data/a.csv"))).isEqualTo("permission denied on /data/a.csv.");
    }

    @Test
    void hasSentenceForErrorWithoutMessage() {
        assertThat(sentence(new IOException())).isEqualTo("IOException.");
        assertThat(sentence(new IOException(""))).isEqualTo("IOException.");
    }
}
