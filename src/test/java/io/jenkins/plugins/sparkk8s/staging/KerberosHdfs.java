package io.jenkins.plugins.sparkk8s.staging;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.minikdc.MiniKdc;
import org.apache.hadoop.security.UserGroupInformation;
import org.apache.kerby.kerberos.kerb.client.KrbClient;

/**
 * A KDC and an HDFS that accepts only its users; ends when its standard input ends. In a process of its own, since Kerberos is a
 * matter of the whole process for Hadoop.
 */
final class KerberosHdfs {
    static final String REALM = "EXAMPLE.COM";
    static final String NAME_NODE = "hdfs/localhost@" + REALM;
    static final String USER = "jenkins@" + REALM;
    /** Held, or the level would be forgotten with the logger. */
    private static final Logger ROOT = Logger.getLogger("");

    private KerberosHdfs() {}

    /** Writes the name node's address to {@code uri} in the directory when all is there that a client needs. */
    public static void main(String... arguments) throws Exception {
        ROOT.setLevel(Level.SEVERE);
        Path directory = Path.of(arguments[0]);
        MiniKdc kdc = new MiniKdc(MiniKdc.createConf(), directory.toFile());
        kdc.start();
        File services = directory.resolve("services.keytab").toFile();
        kdc.createPrincipal(services, "hdfs/localhost", "HTTP/localhost");
        File user = directory.resolve("user.keytab").toFile();
        kdc.createPrincipal(user, "jenkins");
        Files.copy(kdc.getKrb5conf().toPath(), directory.resolve("kdc.conf"));
        KrbClient client = new KrbClient(kdc.getKrb5conf().getParentFile());
        client.init();
        client.storeTicket(
                client.requestTgt(USER, user), directory.resolve("ticket").toFile());

        Configuration configuration = configuration(directory, services.toString());
        UserGroupInformation.setConfiguration(configuration);
        UserGroupInformation.loginUserFromKeytab(NAME_NODE, services.toString());
        MiniDFSCluster cluster =
                new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
        cluster.getFileSystem().mkdirs(new org.apache.hadoop.fs.Path("/up"));
        cluster.getFileSystem().setOwner(new org.apache.hadoop.fs.Path("/up"), "jenkins", "users");
        publish(directory, cluster.getURI().toString());
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        cluster.shutdown(true);
        kdc.stop();
    }

    private static Configuration configuration(Path directory, String keytab) {
        Configuration configuration = new Configuration();
        configuration.set("hadoop.security.authentication", "kerberos");
        configuration.set(
                MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.resolve("dfs").toString());
        for (String node : new String[] {"namenode", "datanode"}) {
            configuration.set("dfs.%s.kerberos.principal".formatted(node), NAME_NODE);
            configuration.set("dfs.%s.keytab.file".formatted(node), keytab);
        }
        configuration.set("dfs.web.authentication.kerberos.principal", "HTTP/localhost@" + REALM);
        configuration.set("dfs.web.authentication.kerberos.keytab", keytab);
        configuration.set("dfs.block.access.token.enable", "true");
        configuration.set("dfs.data.transfer.protection", "authentication");
        configuration.set("ignore.secure.ports.for.testing", "true");
        return configuration;
    }

    private static void publish(Path directory, String uri) throws IOException {
        Path written = Files.writeString(directory.resolve("uri.tmp"), uri, StandardCharsets.UTF_8);
        Files.move(written, directory.resolve("uri"));
    }
}
