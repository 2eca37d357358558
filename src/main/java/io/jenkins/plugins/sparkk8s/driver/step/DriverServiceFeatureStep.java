package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.List;
import java.util.Map;

/** The headless Service under whose name executors find the driver. */
final class DriverServiceFeatureStep implements KubernetesFeatureConfigStep {
    private final KubernetesDriverConf conf;
    private final DriverPorts ports;
    private final Map<String, String> selector;
    private final String ipFamilyPolicy;
    private final String ipFamilies;

    DriverServiceFeatureStep(KubernetesDriverConf conf) {
        this.conf = conf;
        Problems problems = new Problems();
        if (conf.conf().contains(CoreOptions.DRIVER_BIND_ADDRESS)) {
            problems.add("%s cannot be set on Kubernetes: the driver binds to the address of its pod. Leave it out."
                    .formatted(CoreOptions.DRIVER_BIND_ADDRESS.key()));
        }
        this.ports = problems.collect(() -> DriverPorts.of(conf)).orElse(null);
        this.selector = problems.collect(conf::labels).orElse(null);
        this.ipFamilyPolicy = problems.collect(() -> conf.conf().get(KubernetesOptions.DRIVER_SERVICE_IP_FAMILY_POLICY))
                .orElse(null);
        this.ipFamilies = problems.collect(() -> conf.conf().get(KubernetesOptions.DRIVER_SERVICE_IP_FAMILIES))
                .orElse(null);
        problems.throwIfAny();
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        return pod;
    }

    @Override
    public Map<String, String> additionalPodSystemProperties() {
        return Map.of(
                CoreOptions.DRIVER_HOST.key(),
                conf.driverServiceName() + "." + conf.namespace() + ".svc",
                CoreOptions.DRIVER_PORT.key(),
                Integer.toString(ports.driver()),
                CoreOptions.DRIVER_BLOCK_MANAGER_PORT.key(),
                Integer.toString(ports.blockManager()));
    }

    @Override
    public List<HasMetadata> additionalKubernetesResources() {
        return List.of(new ServiceBuilder()
                .withNewMetadata()
                .withName(conf.driverServiceName())
                .addToAnnotations(conf.withPrefix(Constants.DRIVER_SERVICE_ANNOTATION_PREFIX))
                .addToLabels(Constants.SPARK_APP_ID_LABEL, conf.applicationId())
                .addToLabels(conf.withPrefix(Constants.DRIVER_SERVICE_LABEL_PREFIX))
                .endMetadata()
                .withNewSpec()
                .withClusterIP("None")
                .withIpFamilyPolicy(ipFamilyPolicy)
                .withIpFamilies(List.of(ipFamilies.split(",")))
                .withSelector(selector)
                .withPorts(servicePorts())
                .endSpec()
                .build());
    }

    /** Without a protocol, as Spark has it; the API server's default is TCP. */
    private List<ServicePort> servicePorts() {
        return ports.onService().entrySet().stream()
                .map(port -> new ServicePortBuilder()
                        .withName(port.getKey())
                        .withPort(port.getValue())
                        .withTargetPort(new IntOrString(port.getValue()))
                        .withAppProtocol(appProtocol(port.getKey()))
                        .build())
                .toList();
    }

    private String appProtocol(String port) {
        return port.equals(Constants.SPARK_CONNECT_PORT_NAME) && conf.version().atLeast(4, 2) ? "grpc" : null;
    }

    @Override
    public List<String> warnings() {
        return conf.driverServiceName().equals(conf.preferredServiceName())
                ? List.of()
                : List.of(
                        "The driver's Service is named %s, because %s is longer than the %d characters that a Service name may have."
                                .formatted(
                                        conf.driverServiceName(),
                                        conf.preferredServiceName(),
                                        Constants.DNS_LABEL_MAX_LENGTH));
    }
}
