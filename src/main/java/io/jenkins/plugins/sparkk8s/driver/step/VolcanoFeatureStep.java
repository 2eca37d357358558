package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.application.SubmitterFiles;
import io.jenkins.plugins.sparkk8s.application.YamlErrors;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.DriverSideOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.PodGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The PodGroup of Volcano that driver and executors belong to, before the pod, and the annotation by which the pod belongs to
 * it. Only on demand: the user names the class among the driver's feature steps.
 */
final class VolcanoFeatureStep implements KubernetesFeatureConfigStep {
    /** In Spark's own module, and in its build with Volcano's client. */
    static final String CLASS_NAME = "org.apache.spark.deploy.k8s.features.VolcanoFeatureStep";

    private static final String ANNOTATION = "scheduling.k8s.io/group-name";
    private static final String SCHEDULER = "volcano";

    private final KubernetesDriverConf conf;
    private final PodGroup group;

    VolcanoFeatureStep(KubernetesDriverConf conf) {
        this.conf = conf;
        this.group = template(conf).orElseGet(PodGroup::new);
        group.getMetadata().setName(conf.applicationId() + "-podgroup");
        group.getMetadata().setNamespace(conf.namespace());
    }

    /** The file wins over the text, as in Spark. */
    private static Optional<PodGroup> template(KubernetesDriverConf conf) {
        String fileKey = Constants.POD_GROUP_TEMPLATE_FILE;
        String textKey = Constants.POD_GROUP_TEMPLATE_JSON;
        return conf.find(fileKey)
                .map(file ->
                        read(fileKey + " names " + file, SubmitterFiles.readText(conf.environment(), fileKey, file)))
                .or(() -> conf.find(textKey).map(text -> read(textKey + " is a text", text)));
    }

    private static PodGroup read(String source, String text) {
        PodGroup read;
        try {
            read = Serialization.unmarshal(text, PodGroup.class);
        } catch (RuntimeException e) {
            throw new ConfigurationException("%s, which cannot be read as a PodGroup: %s. Correct it."
                    .formatted(source, YamlErrors.describe(e)));
        }
        if (read == null || !"PodGroup".equals(read.getKind())) {
            throw new ConfigurationException(
                    "%s, which is not a PodGroup of Volcano: write 'kind: PodGroup' into it.".formatted(source));
        }
        read.getSpec().computeIfPresent("minResources", (name, value) -> quantities(value));
        return read;
    }

    /** A quantity that YAML reads as a number is sent as a text, as Spark's typed object has it. */
    private static Object quantities(Object value) {
        if (!(value instanceof Map<?, ?> resources)) {
            return value;
        }
        Map<String, Object> texts = new TreeMap<>();
        resources.forEach((name, amount) ->
                texts.put(String.valueOf(name), amount instanceof Number ? amount.toString() : amount));
        return texts;
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        return pod.editPod(builder -> builder.editMetadata()
                .addToAnnotations(ANNOTATION, group.getMetadata().getName())
                .endMetadata());
    }

    @Override
    public List<HasMetadata> additionalPreKubernetesResources() {
        return List.of(group);
    }

    @Override
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        String scheduler = conf.conf()
                .find(KubernetesOptions.DRIVER_SCHEDULER_NAME)
                .or(() -> conf.conf().find(KubernetesOptions.SCHEDULER_NAME))
                .orElse("");
        if (scheduler.isEmpty()) {
            warnings.add("%s asks for a PodGroup, but no scheduler is named that reads it. Set %s=%s."
                    .formatted(
                            KubernetesOptions.DRIVER_POD_FEATURE_STEPS.key(),
                            KubernetesOptions.SCHEDULER_NAME.key(),
                            SCHEDULER));
        }
        if (!conf.conf().get(DriverSideOptions.EXECUTOR_POD_FEATURE_STEPS).contains(CLASS_NAME)) {
            warnings.add(
                    "The driver belongs to a PodGroup, but the executors do not. Set %s=%s, which the image must have."
                            .formatted(DriverSideOptions.EXECUTOR_POD_FEATURE_STEPS.key(), CLASS_NAME));
        }
        return warnings;
    }
}
