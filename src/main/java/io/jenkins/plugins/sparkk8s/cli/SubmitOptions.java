package io.jenkins.plugins.sparkk8s.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The options of spark-submit ({@code SparkSubmitOptionParser}), as far as cluster mode on Kubernetes knows them. A new one belongs
 * into {@link PlainArguments}, too.
 */
@Command(
        name = "spark-k8s-submit",
        mixinStandardHelpOptions = false,
        sortOptions = false,
        customSynopsis = {
            "spark-k8s-submit [options] <app jar | python file | R file> [app arguments]",
            "       spark-k8s-submit --kill [namespace:]name --master k8s://...",
            "       spark-k8s-submit --status [namespace:]name --master k8s://..."
        },
        description =
                "Runs an Apache Spark application on Kubernetes, waits for it to finish and exits with the driver's exit code.",
        footer = {
            "",
            "Exit status: 0 if the application succeeded or was submitted without waiting; the driver's exit code if it"
                    + " failed; 64 if the command line is invalid; 1 for any other error."
        })
final class SubmitOptions {
    @Option(names = "--master", paramLabel = "URL", description = "k8s:// and the URL of the API server.")
    String master;

    @Option(
            names = "--deploy-mode",
            paramLabel = "MODE",
            description = "Only cluster is supported; this is the default.")
    String deployMode;

    @Option(names = "--class", paramLabel = "CLASS", description = "Main class of a Java or Scala application.")
    String mainClass;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the application.")
    String name;

    @Option(names = "--jars", paramLabel = "JARS", description = "Comma-separated jars for driver and executors.")
    String jars;

    @Option(names = "--files", paramLabel = "FILES", description = "Comma-separated files for the working directory.")
    String files;

    @Option(
            names = "--archives",
            paramLabel = "FILES",
            description = "Comma-separated archives, unpacked in the working directory.")
    String archives;

    @Option(names = "--py-files", paramLabel = "FILES", description = "Comma-separated .zip, .egg or .py files.")
    String pyFiles;

    @Option(
            names = "--packages",
            paramLabel = "LIST",
            description = "Maven coordinates of jars; the driver resolves them.")
    String packages;

    @Option(
            names = "--exclude-packages",
            paramLabel = "LIST",
            description = "groupId:artifactId pairs to exclude from --packages.")
    String excludePackages;

    @Option(
            names = "--repositories",
            paramLabel = "LIST",
            description = "Additional Maven repositories for --packages.")
    String repositories;

    @Option(
            names = {"--conf", "-c"},
            paramLabel = "PROP=VALUE",
            description = "Spark property; overrides properties files.")
    List<String> conf = new ArrayList<>();

    @Option(
            names = "--secret-conf",
            paramLabel = "PROP=SOURCE",
            description = "Spark property with a secret value, which is read from file:PATH or env:NAME."
                    + " The driver gets it in a Secret; it is never shown. Can be given more than once.")
    List<String> secretConf = new ArrayList<>();

    @Option(names = "--properties-file", paramLabel = "FILE", description = "File with Spark properties.")
    String propertiesFile;

    @Option(
            names = "--extra-properties-file",
            paramLabel = "FILE",
            description = "File whose properties win over --properties-file and spark-defaults.conf; of several the"
                    + " last one wins.")
    List<String> extraPropertiesFiles = new ArrayList<>();

    @Option(
            names = "--load-spark-defaults",
            description = "Read spark-defaults.conf also when --properties-file is given.")
    boolean loadSparkDefaults;

    @Option(names = "--driver-memory", paramLabel = "MEM", description = "Memory of the driver, such as 2g.")
    String driverMemory;

    @Option(names = "--driver-cores", paramLabel = "NUM", description = "CPUs of the driver.")
    String driverCores;

    @Option(names = "--driver-java-options", paramLabel = "OPTS", description = "Java options of the driver.")
    String driverJavaOptions;

    @Option(names = "--driver-library-path", paramLabel = "PATH", description = "Library path of the driver.")
    String driverLibraryPath;

    @Option(names = "--driver-class-path", paramLabel = "PATH", description = "Class path of the driver.")
    String driverClassPath;

    @Option(names = "--executor-memory", paramLabel = "MEM", description = "Memory of an executor, such as 4g.")
    String executorMemory;

    @Option(names = "--executor-cores", paramLabel = "NUM", description = "CPUs of an executor.")
    String executorCores;

    @Option(names = "--num-executors", paramLabel = "NUM", description = "Number of executors.")
    String numExecutors;

    @Option(names = "--proxy-user", paramLabel = "USER", description = "User to impersonate.")
    String proxyUser;

    @Option(names = "--principal", paramLabel = "NAME", description = "Kerberos principal.")
    String principal;

    @Option(names = "--keytab", paramLabel = "FILE", description = "Keytab of the principal.")
    String keytab;

    @Option(names = "--kill", paramLabel = "ID", description = "Kill the driver; name* kills all that match.")
    String kill;

    @Option(names = "--status", paramLabel = "ID", description = "Show the status of the driver.")
    String status;

    @Option(names = "--queue", paramLabel = "NAME", hidden = true)
    String queue;

    @Option(names = "--total-executor-cores", paramLabel = "NUM", hidden = true)
    String totalExecutorCores;

    @Option(names = "--supervise", hidden = true)
    boolean supervise;

    @Option(
            names = {"--verbose", "-v"},
            description = "Show the configuration and what is created.")
    boolean verbose;

    @Option(names = "--version", description = "Show the version.")
    boolean version;

    @Option(
            names = {"--help", "-h"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Parameters(arity = "0..*", paramLabel = "<application>", hidden = true)
    List<String> application = new ArrayList<>();

    /** @throws UsageException when the arguments are wrong */
    static SubmitOptions parse(String... arguments) {
        return PlainArguments.read(arguments).orElseGet(() -> LibraryArguments.read(arguments));
    }

    /** The Spark properties that the dedicated options stand for; only those given. */
    Map<String, String> asProperties() {
        Map<String, String> properties = new TreeMap<>();
        put(properties, "spark.master", master);
        put(properties, "spark.submit.deployMode", deployMode);
        put(properties, "spark.app.name", name);
        put(properties, "spark.jars", jars);
        put(properties, "spark.files", files);
        put(properties, "spark.archives", archives);
        put(properties, "spark.submit.pyFiles", pyFiles);
        put(properties, "spark.jars.packages", packages);
        put(properties, "spark.jars.excludes", excludePackages);
        put(properties, "spark.jars.repositories", repositories);
        put(properties, "spark.driver.memory", driverMemory);
        put(properties, "spark.driver.cores", driverCores);
        put(properties, "spark.driver.extraJavaOptions", driverJavaOptions);
        put(properties, "spark.driver.extraLibraryPath", driverLibraryPath);
        put(properties, "spark.driver.extraClassPath", driverClassPath);
        put(properties, "spark.executor.memory", executorMemory);
        put(properties, "spark.executor.cores", executorCores);
        put(properties, "spark.executor.instances", numExecutors);
        put(properties, "spark.kerberos.principal", principal);
        put(properties, "spark.kerberos.keytab", keytab);
        return properties;
    }

    /** Options that were given and change nothing here, with the reason. */
    List<String> withoutEffect() {
        List<String> notes = new ArrayList<>();
        if (queue != null) {
            notes.add("--queue has no effect: only YARN has queues.");
        }
        if (totalExecutorCores != null) {
            notes.add("--total-executor-cores has no effect on Kubernetes: use --num-executors and --executor-cores.");
        }
        if (supervise) {
            notes.add("--supervise has no effect: a driver on Kubernetes is not restarted.");
        }
        return notes;
    }

    private static void put(Map<String, String> properties, String key, String value) {
        if (value != null) {
            properties.put(key, value);
        }
    }
}
