package io.jenkins.plugins.sparkk8s.driver.step;

import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SecurityOptions;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.Quantities;
import io.jenkins.plugins.sparkk8s.driver.model.ResourceRequests;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Image, CPU, memory, ports, environment, labels and name of the driver; puts uploaded files into the properties. */
final class BasicDriverFeatureStep implements KubernetesFeatureConfigStep {
    private final KubernetesDriverConf conf;
    private final String image;
    private final Map<String, String> labels;
    private final Quantity cpuRequest;
    private final Map<String, Quantity> limits;
    private final DriverMemory memory;
    private final DriverPorts ports;
    private final String pullPolicy;
    private final Map<String, String> uploaded;

    BasicDriverFeatureStep(KubernetesDriverConf conf) {
        this.conf = conf;
        Problems problems = new Problems();
        this.image = problems.collect(conf::image).orElse(null);
        this.labels = problems.collect(conf::labels).orElse(null);
        this.cpuRequest = problems.collect(() -> cpuRequest(conf)).orElse(null);
        this.limits = new TreeMap<>();
        problems.collect(() -> {
            cpuLimit(conf, limits);
        });
        problems.collect(() -> {
            limits.putAll(ResourceRequests.limits(conf.conf(), Constants.DRIVER_RESOURCE_PREFIX));
        });
        this.memory = problems.collect(() -> DriverMemory.of(conf)).orElse(null);
        this.ports = problems.collect(() -> DriverPorts.of(conf)).orElse(null);
        this.pullPolicy = problems.collect(() -> conf.conf().get(KubernetesOptions.CONTAINER_IMAGE_PULL_POLICY))
                .orElse(null);
        this.uploaded = UploadedProperties.of(conf);
        problems.throwIfAny();
    }

    private static Quantity cpuRequest(KubernetesDriverConf conf) {
        return conf.conf()
                .find(KubernetesOptions.DRIVER_REQUEST_CORES)
                .map(text -> Quantities.parse(KubernetesOptions.DRIVER_REQUEST_CORES.key(), text))
                .orElseGet(() ->
                        new Quantity(conf.conf().get(CoreOptions.DRIVER_CORES).toString()));
    }

    private static void cpuLimit(KubernetesDriverConf conf, Map<String, Quantity> limits) {
        conf.conf()
                .find(KubernetesOptions.DRIVER_LIMIT_CORES)
                .map(text -> Quantities.parse(KubernetesOptions.DRIVER_LIMIT_CORES.key(), text))
                .ifPresent(cpu -> limits.put("cpu", cpu));
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        return new SparkPod(configured(pod.pod()), configured(pod.container()));
    }

    private Container configured(Container container) {
        Quantity total = new Quantity(memory.totalMebibytes() + "Mi");
        return new ContainerBuilder(container)
                .withName(requireNonNullElse(container.getName(), Constants.DRIVER_CONTAINER_NAME))
                .withImage(image)
                .withImagePullPolicy(pullPolicy)
                .addAllToPorts(containerPorts())
                .addAllToEnv(environment())
                .editOrNewResources()
                .addToRequests("cpu", cpuRequest)
                .addToRequests("memory", total)
                .addToLimits(limits)
                .addToLimits("memory", total)
                .endResources()
                .withSecurityContext(securityContext(container.getSecurityContext()))
                .build();
    }

    /** Since Spark 4.3; a value of the pod template stays unless the key is set. */
    private SecurityContext securityContext(SecurityContext ofTemplate) {
        if (!conf.version().atLeast(4, 3)) {
            return ofTemplate;
        }
        Optional<Boolean> given = conf.conf().find(SecurityOptions.DRIVER_ALLOW_PRIVILEGE_ESCALATION);
        SecurityContext context = requireNonNullElseGet(ofTemplate, SecurityContext::new);
        if (given.isEmpty() && context.getAllowPrivilegeEscalation() != null) {
            return context;
        }
        return context.toBuilder()
                .withAllowPrivilegeEscalation(
                        given.orElseGet(() -> conf.conf().get(SecurityOptions.DRIVER_ALLOW_PRIVILEGE_ESCALATION)))
                .build();
    }

    private List<ContainerPort> containerPorts() {
        return ports.onContainer().entrySet().stream()
                .map(port -> new ContainerPortBuilder()
                        .withName(port.getKey())
                        .withContainerPort(port.getValue())
                        .withProtocol("TCP")
                        .build())
                .toList();
    }

    private List<EnvVar> environment() {
        List<EnvVar> variables = new ArrayList<>();
        variables.add(EnvVars.of(Constants.ENV_SPARK_USER, sparkUser()));
        variables.add(EnvVars.of(Constants.ENV_APPLICATION_ID, conf.applicationId()));
        conf.withPrefix(Constants.DRIVER_ENV_PREFIX).forEach((name, value) -> variables.add(EnvVars.of(name, value)));
        variables.add(new EnvVarBuilder()
                .withName(Constants.ENV_DRIVER_BIND_ADDRESS)
                .withNewValueFrom()
                .withNewFieldRef("v1", "status.podIP")
                .endValueFrom()
                .build());
        return variables;
    }

    /** spark-submit itself runs as the proxy user, so that is who its current user is ({@code Utils.getCurrentUserName}). */
    private String sparkUser() {
        return conf.environment()
                .variable(Constants.ENV_SPARK_USER)
                .or(() -> conf.application().impersonatedUser())
                .orElse(conf.environment().userName());
    }

    private Pod configured(Pod pod) {
        PodBuilder builder = new PodBuilder(pod)
                .editOrNewMetadata()
                .withName(conf.driverPodName())
                .addToLabels(labels)
                .addToAnnotations(conf.annotations())
                .endMetadata()
                .editOrNewSpec()
                .withRestartPolicy("Never")
                .addToNodeSelector(conf.withPrefix(Constants.NODE_SELECTOR_PREFIX))
                .addToNodeSelector(conf.withPrefix(Constants.DRIVER_NODE_SELECTOR_PREFIX))
                .addAllToImagePullSecrets(pullSecrets())
                .endSpec();
        conf.conf()
                .find(KubernetesOptions.DRIVER_SCHEDULER_NAME)
                .or(() -> conf.conf().find(KubernetesOptions.SCHEDULER_NAME))
                .ifPresent(name -> builder.editSpec().withSchedulerName(name).endSpec());
        return builder.build();
    }

    private List<LocalObjectReference> pullSecrets() {
        return conf.conf().get(KubernetesOptions.CONTAINER_IMAGE_PULL_SECRETS).stream()
                .map(LocalObjectReference::new)
                .toList();
    }

    @Override
    public Map<String, String> additionalPodSystemProperties() {
        Map<String, String> properties = new TreeMap<>(uploaded);
        properties.put(KubernetesOptions.DRIVER_POD_NAME.key(), conf.driverPodName());
        properties.put(CoreOptions.APP_ID.key(), conf.applicationId());
        properties.put(KubernetesOptions.SUBMIT_IN_DRIVER.key(), "true");
        properties.put(KubernetesOptions.MEMORY_OVERHEAD_FACTOR.key(), Double.toString(memory.defaultFactor()));
        return properties;
    }
}
