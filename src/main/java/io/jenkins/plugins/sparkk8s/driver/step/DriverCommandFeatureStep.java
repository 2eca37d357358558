package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.jenkins.plugins.sparkk8s.application.MainResource;
import io.jenkins.plugins.sparkk8s.application.MainResource.JavaJar;
import io.jenkins.plugins.sparkk8s.application.MainResource.PythonFile;
import io.jenkins.plugins.sparkk8s.application.MainResource.RFile;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of the driver's container: what the spark-submit in the image is to run. */
final class DriverCommandFeatureStep implements KubernetesFeatureConfigStep {
    private final KubernetesDriverConf conf;
    private final String resource;

    DriverCommandFeatureStep(KubernetesDriverConf conf) {
        this.conf = conf;
        this.resource = resource(conf);
    }

    /** A local jar travels in {@code spark.jars}, so here it is only the marker; an R file is passed on as it is. */
    private static String resource(KubernetesDriverConf conf) {
        MainResource main = conf.mainResource();
        if (main instanceof JavaJar java && !java.jar().isSubmitterLocal()) {
            return java.jar().toString();
        }
        if (main instanceof PythonFile python) {
            return python.file().isSubmitterLocal()
                    ? UploadedProperties.remote(conf, python.file())
                    : python.file().toString();
        }
        if (main instanceof RFile r) {
            return r.file().toString();
        }
        return MainResource.SPARK_INTERNAL;
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        return pod.editContainer(builder -> builder.addAllToArgs(arguments()).addAllToEnv(pythonEnvironment()));
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("driver");
        conf.application().impersonatedUser().ifPresent(user -> arguments.addAll(List.of("--proxy-user", user)));
        arguments.addAll(List.of("--properties-file", Constants.SPARK_CONF_PATH));
        arguments.addAll(List.of("--class", conf.application().mainClass(), resource));
        arguments.addAll(conf.application().arguments());
        arguments.replaceAll(Expansion::escape);
        return arguments;
    }

    private List<EnvVar> pythonEnvironment() {
        List<EnvVar> variables = new ArrayList<>();
        if (conf.mainResource() instanceof PythonFile) {
            Optional<String> python = conf.conf().find(CoreOptions.PYSPARK_PYTHON);
            python.or(() -> conf.environment().variable(Constants.ENV_PYSPARK_PYTHON))
                    .ifPresent(value -> variables.add(EnvVars.of(Constants.ENV_PYSPARK_PYTHON, value)));
            conf.conf()
                    .find(CoreOptions.PYSPARK_DRIVER_PYTHON)
                    .or(() -> python)
                    .or(() -> conf.environment().variable(Constants.ENV_PYSPARK_DRIVER_PYTHON))
                    .or(() -> conf.environment().variable(Constants.ENV_PYSPARK_PYTHON))
                    .ifPresent(value -> variables.add(EnvVars.of(Constants.ENV_PYSPARK_DRIVER_PYTHON, value)));
        }
        return variables;
    }

    @Override
    public Map<String, String> additionalPodSystemProperties() {
        return Map.of(KubernetesOptions.RESOURCE_TYPE.key(), conf.mainResource().resourceType());
    }

    @Override
    public List<String> warnings() {
        return conf.mainResource() instanceof RFile r && r.file().isSubmitterLocal()
                ? List.of(
                        "%s is not uploaded, as Spark does not upload R files: the driver finds it only where the image has it. Put it into the image and name it by local://, or on a file system that the driver can read."
                                .formatted(r.file()))
                : List.of();
    }
}
