package io.jenkins.plugins.sparkk8s.driver.model;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.application.SubmitterFiles;
import io.jenkins.plugins.sparkk8s.application.YamlErrors;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.DriverSideOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The pod that the driver's fold starts from: the user's template, or an empty one
 * ({@code KubernetesUtils.loadPodFromTemplate}).
 *
 * @param start with Spark's container taken out of the pod
 * @param warnings one sentence each
 */
public record PodTemplate(SparkPod start, List<String> warnings) {

    /** @throws ConfigurationException when the template cannot be read or is not a pod */
    public static PodTemplate ofDriver(KubernetesDriverConf conf) {
        Optional<String> location = conf.conf().find(KubernetesOptions.DRIVER_POD_TEMPLATE_FILE);
        if (location.isEmpty()) {
            return new PodTemplate(SparkPod.initial(), List.of());
        }
        String key = KubernetesOptions.DRIVER_POD_TEMPLATE_FILE.key();
        Pod pod = parse(key, location.get(), SubmitterFiles.readTextAnywhere(conf.environment(), key, location.get()));
        RestrictedLevel.of(conf.conf()).ifPresent(level -> level.refuseIn(key, pod));
        return select(pod, conf, KubernetesOptions.DRIVER_POD_TEMPLATE_CONTAINER_NAME);
    }

    /**
     * The executors' template as the driver will read it.
     *
     * @param text of the file
     * @param warnings one sentence each
     */
    public record OfExecutors(String text, List<String> warnings) {}

    /**
     * The executors' template, once it is known to be that of a pod; empty when there is none. With
     * {@code spark.kubernetes.submit.restricted} there always is one, since Spark's driver makes the executor pods and takes
     * their security settings from a template only.
     *
     * @throws ConfigurationException when the template cannot be read or is not a pod
     */
    public static Optional<OfExecutors> ofExecutors(KubernetesDriverConf conf) {
        Optional<RestrictedLevel> level = RestrictedLevel.of(conf.conf());
        Optional<OfExecutors> given = conf.conf()
                .find(KubernetesOptions.EXECUTOR_POD_TEMPLATE_FILE)
                .map(location -> read(conf, location, level));
        return given.or(() ->
                level.map(restricted -> new OfExecutors(restricted(SparkPod.initial(), conf, restricted), List.of())));
    }

    private static OfExecutors read(KubernetesDriverConf conf, String location, Optional<RestrictedLevel> level) {
        String key = KubernetesOptions.EXECUTOR_POD_TEMPLATE_FILE.key();
        String text = SubmitterFiles.readTextAnywhere(conf.environment(), key, location);
        Pod pod = parse(key, location, text);
        level.ifPresent(restricted -> restricted.refuseIn(key, pod));
        PodTemplate template = select(pod, conf, DriverSideOptions.EXECUTOR_POD_TEMPLATE_CONTAINER_NAME);
        return new OfExecutors(
                level.map(restricted -> restricted(template.start(), conf, restricted))
                        .orElse(text),
                template.warnings());
    }

    /** Spark's container comes first and has a name, so that the driver finds it again. */
    private static String restricted(SparkPod template, KubernetesDriverConf conf, RestrictedLevel level) {
        SparkPod conforming = level.apply(template);
        String name = conf.conf()
                .find(DriverSideOptions.EXECUTOR_POD_TEMPLATE_CONTAINER_NAME)
                .orElse(Constants.EXECUTOR_CONTAINER_NAME);
        Container container = new ContainerBuilder(conforming.container())
                .withName(Objects.requireNonNullElse(conforming.container().getName(), name))
                .build();
        List<Container> containers = new ArrayList<>(List.of(container));
        containers.addAll(conforming.pod().getSpec().getContainers());
        return Serialization.asYaml(new PodBuilder(conforming.pod())
                .editSpec()
                .withContainers(containers)
                .endSpec()
                .build());
    }

    private static Pod parse(String key, String location, String text) {
        Pod pod;
        try {
            pod = Serialization.unmarshal(text, Pod.class);
        } catch (RuntimeException e) {
            throw new ConfigurationException("%s names %s, which cannot be read as a pod: %s. Correct the file."
                    .formatted(key, location, YamlErrors.describe(e)));
        }
        if (pod == null || !"Pod".equals(pod.getKind()) || pod.getSpec() == null) {
            throw new ConfigurationException(
                    "%s names %s, which is not a pod with a spec: write 'kind: Pod' and a spec into it."
                            .formatted(key, location));
        }
        return new PodBuilder(pod).editOrNewMetadata().endMetadata().build();
    }

    /** The container of that name, if there is exactly one; else the first; else an empty one. */
    private static PodTemplate select(Pod pod, KubernetesDriverConf conf, ConfigOption<String> containerName) {
        Optional<String> wanted = conf.conf().find(containerName);
        List<Container> containers = pod.getSpec().getContainers();
        List<Container> named = containers.stream()
                .filter(container ->
                        wanted.filter(name -> name.equals(container.getName())).isPresent())
                .toList();
        if (containers.isEmpty()) {
            return new PodTemplate(new SparkPod(pod, new ContainerBuilder().build()), List.of());
        }
        Container chosen = named.size() == 1 ? named.get(0) : containers.get(0);
        List<Container> rest = new ArrayList<>(containers);
        rest.remove(chosen);
        Pod others =
                new PodBuilder(pod).editSpec().withContainers(rest).endSpec().build();
        List<String> warnings = wanted.isEmpty() || named.size() == 1
                ? List.of()
                : List.of(
                        "%s is %s, but the template does not have exactly one container of that name; its first container, %s, becomes Spark's."
                                .formatted(containerName.key(), wanted.get(), chosen.getName()));
        return new PodTemplate(new SparkPod(others, chosen), warnings);
    }
}
