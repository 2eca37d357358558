package io.jenkins.plugins.sparkk8s.cli;

import io.jenkins.plugins.sparkk8s.application.PropertiesFile;
import io.jenkins.plugins.sparkk8s.application.RemoteFiles;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Puts the configuration together with spark-submit's precedence: dedicated options, then {@code --conf}, then the
 * properties file, then spark-defaults.conf; a few environment variables come last ({@code SparkSubmitArguments}). Our own
 * {@code --secret-conf} wins over all.
 */
final class ConfAssembly {
    private static final Map<String, String> FROM_ENVIRONMENT = Map.of(
            "MASTER", "spark.master",
            "DEPLOY_MODE", "spark.submit.deployMode",
            "SPARK_DRIVER_MEMORY", "spark.driver.memory",
            "SPARK_EXECUTOR_MEMORY", "spark.executor.memory",
            "SPARK_EXECUTOR_CORES", "spark.executor.cores");

    /** What follows the key, whatever it is separated with, may be a secret. */
    private static final Pattern KEY_AT_MOST = Pattern.compile("^([\\w.-]*+).+$", Pattern.DOTALL);

    private final SubmitterEnvironment environment;
    private final Consumer<String> warnings;

    ConfAssembly(SubmitterEnvironment environment, Consumer<String> warnings) {
        this.environment = environment;
        this.warnings = warnings;
    }

    SparkConf assemble(SubmitOptions options) {
        Map<String, String> properties = new TreeMap<>();
        FROM_ENVIRONMENT.forEach(
                (variable, key) -> environment.variable(variable).ifPresent(value -> properties.put(key, value)));
        if (options.propertiesFile == null || options.loadSparkDefaults) {
            sparkDefaults().ifPresent(file -> properties.putAll(PropertiesFile.read(file)));
        }
        Map<String, String> ofOptions = conf(options.conf);
        Map<String, String> secrets = new SecretProperties(environment).read(options.secretConf);
        if (options.propertiesFile != null) {
            properties.putAll(read("--properties-file", options.propertiesFile, with(properties, ofOptions), secrets));
        }
        options.extraPropertiesFiles.forEach(
                file -> properties.putAll(read("--extra-properties-file", file, with(properties, ofOptions), secrets)));
        properties.putAll(ofOptions);
        properties.keySet().removeIf(this::ignored);
        properties.putAll(options.asProperties());
        return SparkConf.of(properties).withSecrets(secrets);
    }

    /** A remote file is read with what is configured without it. */
    private Map<String, String> read(
            String option, String file, Map<String, String> properties, Map<String, String> secrets) {
        RemoteFiles remote = (key, location) -> new HadoopGateway(
                        CommandHadoop.settings(SparkConf.of(properties).withSecrets(secrets), environment))
                .remoteFiles()
                .read(key, location);
        return PropertiesFile.read(environment.with(remote), option, file);
    }

    private static Map<String, String> with(Map<String, String> properties, Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(properties);
        all.putAll(more);
        return all;
    }

    private Optional<Path> sparkDefaults() {
        return environment
                .variable("SPARK_CONF_DIR")
                .or(() -> environment.variable("SPARK_HOME").map(home -> home + "/conf"))
                .map(directory -> environment.resolve(directory).resolve("spark-defaults.conf"))
                .filter(Files::isRegularFile);
    }

    private static Map<String, String> conf(List<String> pairs) {
        Map<String, String> properties = new TreeMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new UsageException(
                        "--conf %s has no '='. Write --conf key=value, in quotes when the value contains spaces."
                                .formatted(KEY_AT_MOST.matcher(pair).replaceFirst("$1…")));
            }
            properties.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return properties;
    }

    private boolean ignored(String key) {
        boolean ignored = !key.startsWith("spark.");
        if (ignored) {
            warnings.accept("Ignoring %s: the keys of Spark properties start with spark."
                    .formatted(key.isEmpty() ? "a value without a key" : key));
        }
        return ignored;
    }
}
