package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.List;

/** The NetworkPolicy by which only pods of the application reach its executors; since Spark 4.2. */
final class NetworkPolicyFeatureStep implements KubernetesFeatureConfigStep {
    private final KubernetesDriverConf conf;

    NetworkPolicyFeatureStep(KubernetesDriverConf conf) {
        this.conf = conf;
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        return pod;
    }

    @Override
    public List<HasMetadata> additionalKubernetesResources() {
        return List.of(new NetworkPolicyBuilder()
                .withNewMetadata()
                .withName(conf.resourceName("policy"))
                .addToLabels(Constants.SPARK_APP_ID_LABEL, conf.applicationId())
                .endMetadata()
                .withNewSpec()
                .withNewPodSelector()
                .addToMatchLabels(Constants.SPARK_ROLE_LABEL, Constants.SPARK_POD_EXECUTOR_ROLE)
                .addToMatchLabels(Constants.SPARK_APP_ID_LABEL, conf.applicationId())
                .endPodSelector()
                .addNewIngress()
                .addNewFrom()
                .withNewPodSelector()
                .addToMatchLabels(Constants.SPARK_APP_ID_LABEL, conf.applicationId())
                .endPodSelector()
                .endFrom()
                .endIngress()
                .endSpec()
                .build());
    }
}
