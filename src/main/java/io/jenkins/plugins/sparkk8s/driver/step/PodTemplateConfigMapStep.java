package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.PodTemplate;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings the executors' pod template to the driver, which makes the executor pods from it. */
final class PodTemplateConfigMapStep implements KubernetesFeatureConfigStep {
    private final KubernetesDriverConf conf;
    private final Optional<PodTemplate.OfExecutors> template;

    PodTemplateConfigMapStep(KubernetesDriverConf conf) {
        this.conf = conf;
        this.template = PodTemplate.ofExecutors(conf);
    }

    private String configMapName() {
        return conf.resourceName(Constants.POD_TEMPLATE_CONFIG_MAP_SUFFIX);
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        if (template.isEmpty()) {
            return pod;
        }
        Volume volume = new VolumeBuilder()
                .withName(Constants.POD_TEMPLATE_VOLUME)
                .withNewConfigMap()
                .withName(configMapName())
                .addNewItem()
                .withKey(Constants.POD_TEMPLATE_KEY)
                .withPath(Constants.EXECUTOR_POD_TEMPLATE_FILE_NAME)
                .endItem()
                .endConfigMap()
                .build();
        return Volumes.mount(pod, volume, Constants.EXECUTOR_POD_TEMPLATE_DIR);
    }

    @Override
    public Map<String, String> additionalPodSystemProperties() {
        return template.isEmpty()
                ? Map.of()
                : Map.of(
                        KubernetesOptions.EXECUTOR_POD_TEMPLATE_FILE.key(),
                        Constants.EXECUTOR_POD_TEMPLATE_DIR + "/" + Constants.EXECUTOR_POD_TEMPLATE_FILE_NAME);
    }

    @Override
    public List<HasMetadata> additionalKubernetesResources() {
        return template.<List<HasMetadata>>map(read ->
                        List.of(ConfigMaps.of(configMapName(), Map.of(Constants.POD_TEMPLATE_KEY, read.text()))))
                .orElse(List.of());
    }

    @Override
    public List<String> warnings() {
        return template.map(PodTemplate.OfExecutors::warnings).orElse(List.of());
    }
}
