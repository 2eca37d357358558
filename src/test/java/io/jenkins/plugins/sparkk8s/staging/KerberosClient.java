package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopSettings;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageAccess;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageCredential;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What an agent does with a secured HDFS and with one without Kerberos, in a process of its own. */
final class KerberosClient {
    private static final Logger ROOT = Logger.getLogger("");

    private KerberosClient() {}

    /** Prints a line for each case: its name, and {@code ok} or what did not work. */
    public static void main(String... arguments) throws Exception {
        ROOT.setLevel(Level.SEVERE);
        String secured = arguments[0];
        String plain = arguments[1];
        byte[] keytab = Files.readAllBytes(Path.of(arguments[2]));
        Map<String, String> site = new TreeMap<>(Map.of(
                "dfs.namenode.kerberos.principal",
                KerberosHdfs.NAME_NODE,
                "dfs.data.transfer.protection",
                "authentication"));
        HadoopSettings settings = new HadoopSettings(site, null, false);

        print("plain before", check(new HadoopGateway(new HadoopSettings(Map.of(), null, false)), plain));
        print("no login", check(new HadoopGateway(settings), secured));
        print("keytab", check(gateway(settings, secured, KerberosHdfs.USER, keytab), secured));
        print("owner", owner(gateway(settings, secured, KerberosHdfs.USER, keytab), secured));
        print("plain after", check(new HadoopGateway(new HadoopSettings(Map.of(), null, false)), plain));
        print("other principal", check(gateway(settings, secured, "someone@EXAMPLE.COM", keytab), secured));
        site.put("hadoop.security.authentication", "kerberos");
        print("ticket", check(new HadoopGateway(new HadoopSettings(site, null, false)), secured));
        print("keytab again", check(gateway(settings, secured, KerberosHdfs.USER, keytab), secured));
    }

    private static HadoopGateway gateway(HadoopSettings settings, String uri, String principal, byte[] keytab) {
        StorageCredential credential =
                new StorageCredential.Keytab(principal, Base64.getEncoder().encodeToString(keytab));
        return new HadoopGateway(settings, new StorageAccess(new StorageLogin(uri, credential), settings));
    }

    private static String check(HadoopGateway gateway, String uri) throws InterruptedException {
        Optional<UploadPathCheck.Problem> problem = new UploadPathCheck(gateway, uri).run();
        return problem.map(found -> found.stage() + " " + found.reason()).orElse("ok");
    }

    /** The folder may be written by its owner alone. */
    private static String owner(HadoopGateway gateway, String uri) throws IOException {
        try (UploadStore store = gateway.open(uri)) {
            store.write(uri + "/mine", true, out -> out.write(1));
            return store.list(uri).size() == 1 ? "ok" : "nothing there";
        }
    }

    private static void print(String name, String outcome) {
        System.out.println(name + ": " + outcome);
    }
}
