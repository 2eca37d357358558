package io.jenkins.plugins.sparkk8s.application;

import io.jenkins.plugins.sparkk8s.application.MainResource.JavaJar;
import io.jenkins.plugins.sparkk8s.application.MainResource.PythonFile;
import io.jenkins.plugins.sparkk8s.application.MainResource.RFile;
import io.jenkins.plugins.sparkk8s.application.MainResource.SparkInternal;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes an application of what the user asked for: the part of {@code SparkSubmit.prepareSubmitEnvironment} that
 * concerns cluster mode on Kubernetes.
 */
public final class ApplicationResolver {
    private static final String PYTHON_RUNNER = "org.apache.spark.deploy.PythonRunner";
    private static final String R_RUNNER = "org.apache.spark.deploy.RRunner";
    private static final String CLUSTER = "cluster";

    private final SubmitterEnvironment environment;
    private final FileLists fileLists;

    public ApplicationResolver(SubmitterEnvironment environment, GlobExpander globs) {
        this.environment = environment;
        this.fileLists = new FileLists(environment, globs);
    }

    /** @throws ConfigurationException with everything that is wrong with the request as such */
    public SparkApplication resolve(ApplicationRequest request) {
        return SecretMask.of(request.conf()).guard(() -> resolved(request));
    }

    private SparkApplication resolved(ApplicationRequest request) {
        Problems problems = new Problems();
        problems.collect(() -> checkDeployMode(request.conf()));
        problems.collect(() -> checkUser(request));
        KubernetesMaster master =
                problems.collect(() -> resolveMaster(request.conf())).orElse(null);
        MainResource main = problems.collect(() -> resolveMainResource(request)).orElse(null);
        String mainClass = main == null
                ? null
                : problems.collect(() -> mainClass(request, main)).orElse(null);
        SparkConf conf = resolveFileLists(request.conf(), problems);
        problems.throwIfAny();
        SparkConf complete = withMainJar(conf, main)
                .with(CoreOptions.MASTER, master.toString())
                .with(CoreOptions.DEPLOY_MODE, CLUSTER)
                .with(CoreOptions.APP_NAME, name(request, main))
                .without(CoreOptions.DRIVER_HOST.key());
        return new SparkApplication(main, mainClass, request.arguments(), request.proxyUser(), complete);
    }

    private static void checkDeployMode(SparkConf conf) {
        String mode = conf.find(CoreOptions.DEPLOY_MODE).orElse(CLUSTER);
        if (mode.equals("client")) {
            throw new ConfigurationException(
                    "The deploy mode is client, which runs the driver inside the submitting process."
                            + " Only cluster is supported: leave --deploy-mode out or set it to cluster.");
        }
        if (!mode.equals(CLUSTER)) {
            throw new ConfigurationException("The deploy mode '%s' does not exist. Set it to cluster.".formatted(mode));
        }
    }

    private static void checkUser(ApplicationRequest request) {
        if (request.proxyUser() != null && request.conf().contains(CoreOptions.PRINCIPAL)) {
            throw new ConfigurationException(
                    "Both --proxy-user and %s are set. Leave one of them out.".formatted(CoreOptions.PRINCIPAL.key()));
        }
    }

    private static KubernetesMaster resolveMaster(SparkConf conf) {
        return KubernetesMaster.parse(conf.find(CoreOptions.MASTER)
                .orElseThrow(() -> new ConfigurationException("No master is given. Set --master (or %s) to k8s://"
                        .formatted(CoreOptions.MASTER.key())
                        .concat(" and the URL of the API server."))));
    }

    private MainResource resolveMainResource(ApplicationRequest request) {
        String text = request.mainResource();
        if (text == null || text.isBlank()) {
            throw new ConfigurationException("No main resource is given. Name a jar, a Python file or an R file,"
                    + " or %s with --class when the class is in the image.".formatted(MainResource.SPARK_INTERNAL));
        }
        if (text.equals(MainResource.SPARK_INTERNAL)) {
            return new SparkInternal();
        }
        if (text.endsWith("-shell")) {
            throw new ConfigurationException(
                    "'%s' is an interactive shell, which does not run in cluster mode.".formatted(text));
        }
        ResourceUri file = ResourceUri.resolve(text, environment.workingDirectory());
        if (file.isSubmitterLocal()) {
            environment.requireAllowed("The main resource", file.localPath());
        }
        MainResource main = MainResource.of(file);
        if (main instanceof JavaJar java) {
            FileLists.requireNoComma(java.jar(), CoreOptions.JARS);
        }
        return main;
    }

    private static String mainClass(ApplicationRequest request, MainResource main) {
        if (main instanceof PythonFile) {
            return PYTHON_RUNNER;
        }
        if (main instanceof RFile) {
            return R_RUNNER;
        }
        return givenMainClass(request).orElseGet(() -> mainClassOfJar(main));
    }

    private static Optional<String> givenMainClass(ApplicationRequest request) {
        return Optional.ofNullable(request.mainClass()).filter(name -> !name.isBlank());
    }

    private static String mainClassOfJar(MainResource main) {
        if (main instanceof JavaJar java) {
            return JarManifest.mainClass(java.jar());
        }
        throw new ConfigurationException("The main resource is %s, so the main class must be given with --class."
                .formatted(MainResource.SPARK_INTERNAL));
    }

    private SparkConf resolveFileLists(SparkConf conf, Problems problems) {
        SparkConf resolved = conf;
        for (ConfigOption<List<String>> option : CoreOptions.FILE_LISTS) {
            if (conf.contains(option)) {
                String value =
                        problems.collect(() -> fileLists.resolve(option, conf)).orElse("");
                resolved = resolved.with(option, value);
            }
        }
        return resolved.contains(CoreOptions.PY_FILES) ? resolved : resolved.with(CoreOptions.PY_FILES, "");
    }

    /** For applications on the JVM the main jar is one of the jars, which is how it gets to the driver. */
    private static SparkConf withMainJar(SparkConf conf, MainResource main) {
        if (main instanceof PythonFile || main instanceof RFile) {
            return conf;
        }
        Stream<String> mainJar =
                main instanceof JavaJar java ? Stream.of(java.jar().toString()) : Stream.empty();
        return conf.with(
                CoreOptions.JARS,
                Stream.concat(conf.get(CoreOptions.JARS).stream(), mainJar).collect(Collectors.joining(",")));
    }

    private static String name(ApplicationRequest request, MainResource main) {
        return request.conf()
                .get(CoreOptions.APP_NAME.key())
                .or(() -> givenMainClass(request))
                .orElseGet(() -> fileName(main));
    }

    private static String fileName(MainResource main) {
        if (main instanceof JavaJar java) {
            return java.jar().fileName();
        }
        if (main instanceof PythonFile python) {
            return python.file().fileName();
        }
        return main instanceof RFile r ? r.file().fileName() : MainResource.SPARK_INTERNAL;
    }
}
