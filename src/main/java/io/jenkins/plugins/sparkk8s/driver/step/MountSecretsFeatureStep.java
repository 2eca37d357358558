package io.jenkins.plugins.sparkk8s.driver.step;

import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.Map;

/** Mounts existing Secrets: {@code spark.kubernetes.driver.secrets.<name>=<path>}. */
final class MountSecretsFeatureStep implements KubernetesFeatureConfigStep {
    private final Map<String, String> pathBySecret;

    MountSecretsFeatureStep(KubernetesDriverConf conf) {
        this.pathBySecret = conf.withPrefix(Constants.DRIVER_SECRETS_PREFIX);
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        SparkPod mounted = pod;
        for (Map.Entry<String, String> secret : pathBySecret.entrySet()) {
            mounted = Volumes.mountSecret(mounted, secret.getKey() + "-volume", secret.getKey(), secret.getValue());
        }
        return mounted;
    }
}
