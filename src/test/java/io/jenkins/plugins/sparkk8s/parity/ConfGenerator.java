package io.jenkins.plugins.sparkk8s.parity;

import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes random configurations: known keys with values that suit their type, or nearly, and keys of the families that
 * end in a name. The same random numbers make the same configuration.
 */
final class ConfGenerator {
    /** Both submitters get these in another way, or they would go to other places. */
    private static final Set<String> LEFT_OUT = Set.of(
            "spark.master",
            "spark.submit.deployMode",
            "spark.app.submitTime",
            "spark.jars",
            "spark.files",
            "spark.archives",
            "spark.submit.pyFiles",
            "spark.home",
            "spark.kubernetes.context",
            "spark.kubernetes.file.upload.path",
            "spark.kubernetes.driver.pod.featureSteps",
            "spark.kubernetes.submission.connectionTimeout",
            "spark.kubernetes.submission.requestTimeout",
            "spark.kubernetes.submission.waitAppCompletion");

    private static final List<String> NAMES =
            List.of("a", "team", "b-c", "x.y", "example.com/z", "UPPER", "u_v", "1st");
    private static final List<String> WORDS =
            List.of("x", "data", "a-b", "A.b_C", "1", "true", "", "{{APP_ID}}", "two words", "größe", " pad ", "a,b");

    private final Random random;
    private final List<ConfigOption<?>> options = ConfigOptions.byKey().values().stream()
            .filter(option -> !LEFT_OUT.contains(option.key()))
            .filter(option -> !option.key().startsWith("spark.kubernetes.submit."))
            .toList();
    private final List<Consumer<Map<String, String>>> families = List.of(
            conf -> family(conf, "spark.kubernetes.driver.label."),
            conf -> family(conf, "spark.kubernetes.driver.annotation."),
            conf -> family(conf, "spark.kubernetes.driver.service.label."),
            conf -> family(conf, "spark.kubernetes.driver.service.annotation."),
            conf -> family(conf, "spark.kubernetes.executor.label."),
            conf -> family(conf, "spark.kubernetes.executor.annotation."),
            conf -> family(conf, "spark.kubernetes.node.selector."),
            conf -> family(conf, "spark.kubernetes.driver.node.selector."),
            conf -> conf.put("spark.kubernetes.driverEnv." + pick("MODE", "A_B", "x.y", "SPARK_USER"), word()),
            conf -> conf.put("spark.executorEnv." + pick("MODE", "A_B"), word()),
            conf -> conf.put(
                    "spark.kubernetes.driver.secrets." + pick("creds", "other"), pick("/etc/creds", "/a", "relative")),
            conf -> conf.put(
                    "spark.kubernetes.driver.secretKeyRef." + pick("P", "Q"),
                    pick("creds:key", "creds:key", "creds", "a:b:c", ":")),
            conf -> resource(conf, "spark.driver.resource."),
            conf -> resource(conf, "spark.executor.resource."),
            conf -> volume(conf, "spark.kubernetes.driver.volumes."),
            conf -> volume(conf, "spark.kubernetes.driver.volumes."),
            conf -> volume(conf, "spark.kubernetes.executor.volumes."),
            conf -> credentials(conf),
            conf -> conf.put("spark.some." + pick("key", "other.key", "password"), word()),
            conf -> conf.put("spark.hadoop.fs." + pick("x.impl", "s3a.endpoint"), word()));

    ConfGenerator(long seed) {
        this.random = new Random(seed);
    }

    ParityCase next(String name) {
        Map<String, String> conf = new LinkedHashMap<>();
        int keys = 1 + random.nextInt(7);
        for (int i = 0; i < keys; i++) {
            if (random.nextInt(5) < 2) {
                families.get(random.nextInt(families.size())).accept(conf);
            } else {
                ConfigOption<?> option = options.get(random.nextInt(options.size()));
                conf.put(option.key(), value(option));
            }
        }
        List<String> application = new ArrayList<>(List.of(pick(
                "local:///opt/app.jar",
                "local:///opt/app.jar",
                "spark-internal",
                "https://example.com/app.jar",
                "local:///opt/job.py",
                "local:///opt/job.R")));
        for (int i = random.nextInt(3); i > 0; i--) {
            application.add(word());
        }
        return ParityCase.ofConf(name, conf, application);
    }

    private String value(ConfigOption<?> option) {
        String type = option.typeName();
        if (random.nextInt(12) == 0) {
            return word();
        }
        if (type.equals("int") || type.equals("long")) {
            return pick(
                    "1", "2", "7", "4041", "9000", "20000", "65535", " 5 ", rarely("0"), rarely("-1"), rarely("70000"));
        }
        if (type.equals("boolean")) {
            return pick("true", "false", "TRUE", " true", rarely("yes"));
        }
        if (type.equals("double")) {
            return pick(
                    "0.1",
                    "0.25",
                    "1",
                    "1.5",
                    ".7",
                    "2e-1",
                    rarely("0"),
                    rarely("-0.5"),
                    rarely("0.2d"),
                    rarely("NaN"));
        }
        if (type.startsWith("bytes")) {
            return pick(
                    "512m",
                    "1g",
                    "2048",
                    "3GB",
                    "1500000k",
                    "1t",
                    rarely("0"),
                    rarely("1.5g"),
                    rarely("-1"),
                    rarely("1 g"));
        }
        if (type.startsWith("time")) {
            return pick(
                    "500ms", "5s", "2m", "10", "1h", "1min", rarely("0"), rarely("-1"), rarely("1.5s"), rarely("1 d"));
        }
        if (type.equals("list")) {
            return pick("", "a", "a,b", " a , b ,,");
        }
        return text(option);
    }

    private String text(ConfigOption<?> option) {
        return switch (option.key()) {
            case "spark.app.name" ->
                pick("Job", "9 Jobs", "täglich: Umsätze", "-x-", "日本", "a".repeat(50), "Ünï_codé " + word());
            case "spark.kubernetes.namespace" -> pick("default", "spark-demo", rarely("nowhere"), rarely("Not a name"));
            case "spark.kubernetes.authenticate.driver.serviceAccountName" ->
                pick("spark", "default", rarely("nobody"));
            case "spark.kubernetes.container.image", "spark.kubernetes.driver.container.image" ->
                pick("spark:1", "example.com/spark:{{SPARK_VERSION}}", "spark@sha256:abc", rarely(""));
            case "spark.kubernetes.container.image.pullPolicy" ->
                pick("Always", "Never", "IfNotPresent", rarely("always"));
            case "spark.kubernetes.driver.service.ipFamilies" ->
                pick("IPv4", "IPv6", "IPv4,IPv6", rarely("IPv4, IPv6"));
            case "spark.kubernetes.driver.service.ipFamilyPolicy" ->
                pick("SingleStack", "PreferDualStack", "RequireDualStack", rarely("x"));
            case "spark.kubernetes.executor.rollPolicy" -> pick("ID", "outlier", rarely("none"));
            case "spark.kubernetes.driver.pod.name" -> pick("my-driver", "a.b", rarely("A_B"), rarely(""));
            case "spark.kubernetes.driver.podTemplateFile", "spark.kubernetes.executor.podTemplateFile" ->
                pick(
                        "@FX@/driver-template.yaml",
                        "driver-template-unnamed.yaml",
                        rarely("none.yaml"),
                        rarely("not-a-pod.yaml"));
            case "spark.kubernetes.driver.podTemplateContainerName" -> pick("spark", "sidecar", "none");
            case "spark.kubernetes.kerberos.krb5.path" -> pick("@FX@/krb5.conf", "krb5.conf", rarely("none"));
            case "spark.kerberos.keytab" -> pick("local:///etc/keytab", rarely("@FX@/krb5.keytab"));
            case "spark.local.dir" -> pick("/var/a", "/var/a,/var/b", rarely("/var/a, /var/b"), rarely(""));
            case "spark.redaction.regex" -> pick("(?i)secret", "x", rarely("("));
            default ->
                option.key().endsWith(".cores")
                        ? pick("1", "500m", "0.5", "2", "1e3", rarely("-1"), rarely("one"))
                        : word();
        };
    }

    private void family(Map<String, String> conf, String prefix) {
        conf.put(prefix + NAMES.get(random.nextInt(NAMES.size())), word());
        if (random.nextInt(15) == 0) {
            conf.put(prefix + pick("spark-role", "spark-app-selector", "", "not a name", "/x"), "y");
        }
    }

    private void resource(Map<String, String> conf, String prefix) {
        String name = pick("gpu", "fpga");
        sometimes(conf, prefix + name + ".amount", pick("1", "2", "0", " 1", rarely("-1"), rarely("x")));
        sometimes(conf, prefix + name + ".vendor", pick("nvidia.com", "amd.com", rarely("")));
    }

    private void volume(Map<String, String> conf, String prefix) {
        String type = pick("emptyDir", "hostPath", "nfs", "persistentVolumeClaim", rarely("ceph"), rarely("hostpath"));
        String root = prefix + type + "." + pick("v", "w", "spark-local-dir-1") + ".";
        sometimes(conf, root + "mount.path", pick("/v", "/w", "/v/w", rarely("relative"), rarely("")));
        occasionally(conf, root + "mount.readOnly", pick("true", "false", "TRUE", rarely("yes")));
        occasionally(conf, root + "mount.subPath", pick("sub", "a/b", rarely("")));
        occasionally(conf, root + "mount.subPathExpr", pick("$(SPARK_USER)", "x"));
        switch (type) {
            case "emptyDir" -> {
                occasionally(conf, root + "options.medium", pick("Memory", ""));
                occasionally(conf, root + "options.sizeLimit", size());
            }
            case "hostPath" -> {
                sometimes(conf, root + "options.path", pick("/host", "/data", rarely("")));
                occasionally(conf, root + "options.type", pick("Directory", "", "DirectoryOrCreate"));
            }
            case "nfs" -> {
                sometimes(conf, root + "options.path", "/exports");
                sometimes(conf, root + "options.server", "nfs.example.com");
            }
            default -> {
                sometimes(conf, root + "options.claimName", pick("OnDemand", "OnDemand", "mine", "x-OnDemand"));
                sometimes(conf, root + "options.storageClass", pick("gp3", rarely("")));
                sometimes(conf, root + "options.sizeLimit", size());
                occasionally(conf, root + "label.team", word());
                occasionally(conf, root + "annotation.note", word());
            }
        }
    }

    private String size() {
        return pick("1Gi", "5G", "2048", "500Mi", rarely("10"), rarely("much"), rarely("1.5Gi"), rarely("-1Gi"));
    }

    private void credentials(Map<String, String> conf) {
        String prefix = "spark.kubernetes.authenticate.driver.";
        occasionally(conf, prefix + "oauthToken", word());
        occasionally(conf, prefix + "caCertFile", pick("@FX@/ca.crt", "ca.crt", rarely("none.crt")));
        occasionally(conf, prefix + "clientKeyFile", pick("@FX@/client.key", "file://@FX@/client.key"));
        occasionally(conf, prefix + "mounted.clientKeyFile", "/var/key");
        occasionally(conf, prefix + "mounted.oauthTokenFile", "/var/token");
    }

    private void sometimes(Map<String, String> conf, String key, String value) {
        if (random.nextInt(12) > 0) {
            conf.put(key, value);
        }
    }

    private void occasionally(Map<String, String> conf, String key, String value) {
        if (random.nextInt(3) == 0) {
            conf.put(key, value);
        }
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    /** A value that is wrong, or odd, in one of three of the times it is picked. */
    private String rarely(String value) {
        return random.nextInt(3) == 0 ? value : null;
    }

    private String pick(String... values) {
        String value = null;
        while (value == null) {
            value = values[random.nextInt(values.length)];
        }
        return value;
    }
}
