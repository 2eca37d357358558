package io.jenkins.plugins.sparkk8s.staging.hadoop;

import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.AccessKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.AccountKey;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.Keytab;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential.ServiceAccountKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivilegedExceptionAction;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * Opens a file system as the one whom a credential names. What Hadoop takes from files alone is in a file of this user only for
 * as long as the file system is being opened.
 */
final class HadoopLogin {
    private static final String AUTHENTICATION = "hadoop.security.authentication";
    private static final String KERBEROS = "kerberos";
    /** Whether Kerberos is used is a matter of the whole process for Hadoop. */
    private static final Object PROCESS = new Object();

    private static final Pattern OF_KERBEROS =
            Pattern.compile("(hdfs|s?webhdfs|viewfs|ofs|o3fs):", Pattern.CASE_INSENSITIVE);

    private final Configuration configuration;
    private final Opening opening;

    /** Opens it with the configuration as it is then. */
    interface Opening {
        FileSystem open(Configuration configuration) throws IOException;
    }

    /** @param configuration that may be changed for the login */
    HadoopLogin(Configuration configuration, Opening opening) {
        this.configuration = configuration;
        this.opening = opening;
    }

    FileSystem open(StorageLogin login) throws IOException {
        StorageCredential credential = login.credential();
        if (credential instanceof AccessKey key) {
            return withAccessKey(key);
        }
        if (credential instanceof AccountKey key) {
            String account =
                    login.location().replaceFirst("^[^:]+://([^/@]*@)?", "").replaceFirst("/.*", "");
            configuration.set("fs.azure.account.auth.type." + account, "SharedKey");
            configuration.set("fs.azure.account.key." + account, key.key());
            return opening.open(configuration);
        }
        if (credential instanceof ServiceAccountKey key) {
            return withFile(key.json().getBytes(StandardCharsets.UTF_8), file -> {
                configuration.set("fs.gs.auth.type", "SERVICE_ACCOUNT_JSON_KEYFILE");
                configuration.set("fs.gs.auth.service.account.json.keyfile", file.toString());
                return opening.open(configuration);
            });
        }
        Keytab keytab = (Keytab) credential;
        configuration.set(AUTHENTICATION, KERBEROS);
        return withFile(Base64.getDecoder().decode(keytab.base64()), file -> as(keytabUser(keytab.principal(), file)));
    }

    private FileSystem withAccessKey(AccessKey key) throws IOException {
        boolean temporary = key.sessionToken() != null && !key.sessionToken().isEmpty();
        configuration.set("fs.s3a.access.key", key.accessKey());
        configuration.set("fs.s3a.secret.key", key.secretKey());
        if (temporary) {
            configuration.set("fs.s3a.session.token", key.sessionToken());
        }
        configuration.set(
                "fs.s3a.aws.credentials.provider",
                "org.apache.hadoop.fs.s3a."
                        + (temporary ? "TemporaryAWSCredentialsProvider" : "SimpleAWSCredentialsProvider"));
        return opening.open(configuration);
    }

    private interface WithFile {
        FileSystem open(Path file) throws IOException;
    }

    private static FileSystem withFile(byte[] content, WithFile work) throws IOException {
        // For this user alone, as each temporary directory of Java.
        Path folder = Files.createTempDirectory("spark-upload");
        Path file = folder.resolve("key");
        try {
            Files.write(file, content);
            return work.open(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /**
     * Without a credential: as the user of the machine, with a ticket of that user's if the configuration asks for Kerberos.
     * A file system without Kerberos can also be opened after one with it, in the same process.
     */
    FileSystem open(String location) throws IOException {
        boolean knowsKerberos = OF_KERBEROS.matcher(location).lookingAt();
        if (knowsKerberos && KERBEROS.equalsIgnoreCase(configuration.get(AUTHENTICATION))) {
            return as(ticketUser());
        }
        // A client that has used Kerberos elsewhere would refuse to go without.
        configuration.setBoolean("ipc.client.fallback-to-simple-auth-allowed", true);
        return opening.open(configuration);
    }

    private UserGroupInformation keytabUser(String principal, Path keytab) throws IOException {
        synchronized (PROCESS) {
            UserGroupInformation.setConfiguration(configuration);
            return UserGroupInformation.loginUserFromKeytabAndReturnUGI(principal, keytab.toString());
        }
    }

    private UserGroupInformation ticketUser() throws IOException {
        synchronized (PROCESS) {
            UserGroupInformation.setConfiguration(configuration);
            return UserGroupInformation.getUGIFromTicketCache(System.getenv("KRB5CCNAME"), null);
        }
    }

    private FileSystem as(UserGroupInformation user) throws IOException {
        try {
            return user.doAs((PrivilegedExceptionAction<FileSystem>) () -> opening.open(configuration));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException("interrupted while logging in");
        }
    }
}
