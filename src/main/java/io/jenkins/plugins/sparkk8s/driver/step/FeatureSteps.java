package io.jenkins.plugins.sparkk8s.driver.step;

import io.jenkins.plugins.sparkk8s.conf.SparkVersion;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** The driver's feature steps in the order of Spark ({@code KubernetesDriverBuilder.scala}). */
public final class FeatureSteps {
    private static final String SPARK_PACKAGE = "org.apache.spark.deploy.k8s.features.";

    /** The name of Spark's class that makes the executors' NetworkPolicy. */
    public static final String NETWORK_POLICY = SPARK_PACKAGE + "NetworkPolicyFeatureStep";

    /** The name of Spark's class that brings the executors' pod template to the driver. */
    public static final String POD_TEMPLATE_CONFIG_MAP = SPARK_PACKAGE + "PodTemplateConfigMapStep";

    private static final List<Factory> DRIVER = List.of(
            step("BasicDriverFeatureStep", BasicDriverFeatureStep::new),
            step("DriverKubernetesCredentialsFeatureStep", DriverKubernetesCredentialsFeatureStep::new),
            step("DriverServiceFeatureStep", DriverServiceFeatureStep::new),
            new Factory(NETWORK_POLICY, version -> version.atLeast(4, 2), NetworkPolicyFeatureStep::new),
            step("MountSecretsFeatureStep", MountSecretsFeatureStep::new),
            step("EnvSecretsFeatureStep", EnvSecretsFeatureStep::new),
            step("MountVolumesFeatureStep", MountVolumesFeatureStep::new),
            step("DriverCommandFeatureStep", DriverCommandFeatureStep::new),
            step("HadoopConfDriverFeatureStep", HadoopConfDriverFeatureStep::new),
            step("KerberosConfDriverFeatureStep", KerberosConfDriverFeatureStep::new),
            step("PodTemplateConfigMapStep", PodTemplateConfigMapStep::new),
            step("LocalDirsFeatureStep", LocalDirsFeatureStep::new));

    /**
     * Makes one step.
     *
     * @param sparkClassName the name of Spark's class, by which a user can exclude the step
     * @param releases those of Spark that have the step
     */
    public record Factory(
            String sparkClassName,
            Predicate<SparkVersion> releases,
            Function<KubernetesDriverConf, KubernetesFeatureConfigStep> constructor) {}

    private FeatureSteps() {}

    /** A step that Spark runs only when its class is named by the user; empty when it is none that can be carried out here. */
    public static Optional<Function<KubernetesDriverConf, KubernetesFeatureConfigStep>> onDemand(String className) {
        return className.equals(VolcanoFeatureStep.CLASS_NAME)
                ? Optional.of(VolcanoFeatureStep::new)
                : Optional.empty();
    }

    /** All steps of a release of Spark; making one reads and checks what it needs. */
    public static List<Factory> ofDriver(SparkVersion version) {
        return DRIVER.stream()
                .filter(factory -> factory.releases().test(version))
                .toList();
    }

    private static Factory step(String name, Function<KubernetesDriverConf, KubernetesFeatureConfigStep> constructor) {
        return new Factory(SPARK_PACKAGE + name, version -> true, constructor);
    }
}
