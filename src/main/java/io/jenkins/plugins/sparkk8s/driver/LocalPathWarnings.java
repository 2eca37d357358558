package io.jenkins.plugins.sparkk8s.driver;

import io.fabric8.kubernetes.api.model.VolumeMount;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds options of driver and executors that name a file of the submitter's machine by its absolute path: Spark uploads
 * what stands in its file lists, and nothing that only an option names.
 */
final class LocalPathWarnings {
    private static final Logger LOGGER = Logger.getLogger(LocalPathWarnings.class.getName());

    /** What an image is likely to have, too. */
    private static final List<String> ALSO_IN_IMAGES = List.of(
            "/usr/",
            "/lib/",
            "/lib64/",
            "/bin/",
            "/sbin/",
            "/proc/",
            "/dev/",
            "/sys/",
            "/opt/spark/",
            "/opt/java/",
            "/etc/ssl/",
            "/etc/pki/",
            "/etc/krb5.conf",
            "/etc/hosts",
            "/etc/localtime");

    private static final Pattern AGENT = Pattern.compile("-(?:javaagent|agentpath):(?:file:(?://)?)?(/[^=\\s\"']+)");
    private static final Pattern SYSTEM_PROPERTY =
            Pattern.compile("-D([A-Za-z0-9_.-]+)=[\"']?(?:file:(?://)?)?(/[^\\s\"',]+)");
    /** Files that a JVM writes. */
    private static final Pattern OUTPUT =
            Pattern.compile("(?i).*(log\\.?file|error\\.file|tmpdir|dumppath|\\.pid|output)$");

    private static final Pattern STORE = Pattern.compile("spark\\.ssl\\.(?:[a-zA-Z]+\\.)?(?:keyStore|trustStore)");

    private final SparkConf conf;
    private final SubmitterEnvironment environment;
    private final List<VolumeMount> driverMounts;
    private final Set<String> warnings = new LinkedHashSet<>();

    private LocalPathWarnings(KubernetesDriverConf driver, SparkPod pod) {
        this.conf = driver.conf();
        this.environment = driver.environment();
        this.driverMounts = pod.container().getVolumeMounts();
    }

    /** @param pod complete, for the paths at which its volumes are mounted */
    static List<String> of(KubernetesDriverConf driver, SparkPod pod) {
        LocalPathWarnings paths = new LocalPathWarnings(driver, pod);
        for (String role : List.of("driver", "executor")) {
            paths.javaOptions("spark.%s.extraJavaOptions".formatted(role), role);
            paths.javaOptions("spark.%s.defaultJavaOptions".formatted(role), role);
            paths.classPath("spark.%s.extraClassPath".formatted(role), role);
            paths.classPath("spark.%s.extraLibraryPath".formatted(role), role);
        }
        paths.file("spark.jars.ivySettings");
        paths.file("spark.metrics.conf");
        paths.file("spark.scheduler.allocation.file");
        driver.conf().toMap().keySet().stream()
                .filter(key -> STORE.matcher(key).matches())
                .forEach(paths::file);
        return List.copyOf(paths.warnings);
    }

    private void javaOptions(String key, String role) {
        String options = conf.get(key).orElse("");
        Stream<String> agents = AGENT.matcher(options).results().map(match -> match.group(1));
        Stream<String> properties = SYSTEM_PROPERTY
                .matcher(options)
                .results()
                .filter(match -> !OUTPUT.matcher(match.group(1)).matches())
                .map(match -> match.group(2));
        Stream.concat(agents, properties)
                .filter(path -> isHereAlone(key, path, role) && !isDirectory(path))
                .forEach(path -> warn(key, path, role, ""));
    }

    private void classPath(String key, String role) {
        Arrays.stream(conf.get(key).orElse("").split(":"))
                .map(entry -> entry.endsWith("/*") ? entry.substring(0, entry.length() - 2) : entry)
                .filter(entry -> isHereAlone(key, entry, role))
                .forEach(entry -> warn(key, entry, role, "Add jars to spark.jars instead, which is uploaded. "));
    }

    private void file(String key) {
        String path = conf.get(key).orElse("").strip().replaceFirst("^file:(//)?", "");
        if (isHereAlone(key, path, "driver") && !isDirectory(path)) {
            warn(key, path, "driver", "");
        }
    }

    private void warn(String key, String path, String role, String first) {
        String log4j = path.contains("log4j") && role.equals("driver")
                ? "Put it into the folder of SPARK_CONF_DIR, whose files are at %s in the driver. "
                        .formatted(Constants.SPARK_CONF_DIR_INTERNAL)
                : "";
        warnings.add(
                "%s names %s, a file of this machine that is not uploaded, so that the %s finds it only if its image has it. %s%s%s it into the image, or into a Secret that spark.kubernetes.%s.secrets.<Secret>=<directory> mounts, and write its path there."
                        .formatted(
                                key,
                                path,
                                role,
                                first,
                                log4j,
                                (first + log4j).isEmpty() ? "Put" : "Otherwise put",
                                role));
    }

    private boolean isHereAlone(String key, String path, String role) {
        return path.startsWith("/")
                && path.length() > 1
                && ALSO_IN_IMAGES.stream().noneMatch(path::startsWith)
                && mountPaths(role).stream().noneMatch(mount -> isBelow(path, mount))
                && exists(key, path);
    }

    private static boolean isBelow(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder.endsWith("/") ? folder : folder + "/");
    }

    private List<String> mountPaths(String role) {
        List<String> paths = new ArrayList<>();
        boolean driver = role.equals("driver");
        conf
                .withPrefix(driver ? Constants.DRIVER_VOLUMES_PREFIX : Constants.EXECUTOR_VOLUMES_PREFIX)
                .entrySet()
                .stream()
                .filter(entry -> entry.getKey().endsWith(".mount.path"))
                .map(Map.Entry::getValue)
                .forEach(paths::add);
        paths.addAll(conf.withPrefix(driver ? Constants.DRIVER_SECRETS_PREFIX : Constants.EXECUTOR_SECRETS_PREFIX)
                .values());
        if (driver) {
            driverMounts.stream().map(VolumeMount::getMountPath).forEach(paths::add);
        }
        return paths;
    }

    private static boolean isDirectory(String path) {
        return Files.isDirectory(Path.of(path));
    }

    /** A file that may not be read is not looked for: the answer would say whether it is there. */
    private boolean exists(String key, String path) {
        try {
            environment.requireAllowed(key, Path.of(path));
            return Files.exists(Path.of(path));
        } catch (ConfigurationException | InvalidPathException e) {
            LOGGER.log(Level.FINE, "A path in {0} is not looked at.", key);
            return false;
        }
    }
}
