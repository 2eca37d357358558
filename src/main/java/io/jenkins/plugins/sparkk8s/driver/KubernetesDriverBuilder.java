package io.jenkins.plugins.sparkk8s.driver;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.PodTemplate;
import io.jenkins.plugins.sparkk8s.driver.model.RestrictedLevel;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.driver.step.FeatureSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The fold of the feature steps over the driver's initial pod ({@code KubernetesDriverBuilder.scala}).
 *
 * <p>All steps are made first, those that the user excludes as well, so that every error is found in one go.
 */
final class KubernetesDriverBuilder {

    /** What the steps made, before the driver's ConfigMap. */
    record Folded(
            SparkPod pod,
            SparkConf properties,
            List<HasMetadata> preResources,
            List<HasMetadata> resources,
            List<String> warnings) {}

    private final KubernetesDriverConf conf;

    KubernetesDriverBuilder(KubernetesDriverConf conf) {
        this.conf = conf;
    }

    /** @throws ConfigurationException with the errors that all steps found */
    Folded build() {
        Problems problems = new Problems();
        problems.collect(this::refuseUserSteps);
        PodTemplate template =
                problems.collect(() -> PodTemplate.ofDriver(conf)).orElse(null);
        List<KubernetesFeatureConfigStep> steps = steps(problems);
        problems.throwIfAny();
        return fold(template, steps);
    }

    private void refuseUserSteps() {
        ConfigOption<List<String>> option = KubernetesOptions.DRIVER_POD_FEATURE_STEPS;
        List<String> unknown = userSteps().stream()
                .filter(name -> FeatureSteps.onDemand(name).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            throw new ConfigurationException(
                    "%s names %s, but classes of Spark cannot be run by this submitter. Leave the key out, or use a pod template (%s) instead."
                            .formatted(
                                    option.key(),
                                    String.join(", ", unknown),
                                    KubernetesOptions.DRIVER_POD_TEMPLATE_FILE.key()));
        }
    }

    private List<String> userSteps() {
        return conf.conf().get(KubernetesOptions.DRIVER_POD_FEATURE_STEPS).stream()
                .distinct()
                .toList();
    }

    private List<KubernetesFeatureConfigStep> steps(Problems problems) {
        List<String> excluded = problems.collect(this::excludedSteps).orElse(List.of());
        List<KubernetesFeatureConfigStep> steps = new ArrayList<>();
        for (FeatureSteps.Factory factory : FeatureSteps.ofDriver(conf.version())) {
            problems.collect(() -> factory.constructor().apply(conf))
                    .filter(step -> !excluded.contains(factory.sparkClassName()))
                    .ifPresent(steps::add);
        }
        userSteps().stream()
                .filter(name -> !excluded.contains(name))
                .flatMap(name -> FeatureSteps.onDemand(name).stream())
                .flatMap(constructor -> problems.collect(() -> constructor.apply(conf)).stream())
                .forEach(steps::add);
        return steps;
    }

    private List<String> excludedSteps() {
        return conf.version().atLeast(4, 1)
                ? conf.conf().get(KubernetesOptions.DRIVER_POD_EXCLUDED_FEATURE_STEPS)
                : List.of();
    }

    private Folded fold(PodTemplate template, List<KubernetesFeatureConfigStep> steps) {
        SparkPod pod = template.start();
        SparkConf properties = initialProperties();
        List<HasMetadata> preResources = new ArrayList<>();
        List<HasMetadata> resources = new ArrayList<>();
        List<String> warnings = new ArrayList<>(template.warnings());
        for (KubernetesFeatureConfigStep step : steps) {
            pod = step.configurePod(pod);
            properties = properties.withAll(step.additionalPodSystemProperties());
            preResources.addAll(step.additionalPreKubernetesResources());
            resources.addAll(step.additionalKubernetesResources());
            warnings.addAll(step.warnings());
        }
        return new Folded(conforming(pod), properties, preResources, resources, warnings);
    }

    private SparkPod conforming(SparkPod pod) {
        return RestrictedLevel.of(conf.conf()).map(level -> level.apply(pod)).orElse(pod);
    }

    private SparkConf initialProperties() {
        String submitTime = CoreOptions.SUBMIT_TIME.key();
        Map<String, String> missing = conf.conf().contains(submitTime)
                ? Map.of()
                : Map.of(submitTime, Long.toString(conf.identity().submitTimeMillis()));
        return conf.conf().withAll(missing);
    }
}
