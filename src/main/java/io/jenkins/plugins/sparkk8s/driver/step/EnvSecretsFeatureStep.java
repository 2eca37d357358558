package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesFeatureConfigStep;
import io.jenkins.plugins.sparkk8s.driver.model.SecretKeyRef;
import io.jenkins.plugins.sparkk8s.driver.model.SparkPod;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.util.ArrayList;
import java.util.List;

/** Environment variables from Secrets: {@code spark.kubernetes.driver.secretKeyRef.<VARIABLE>=<name>:<key>}. */
final class EnvSecretsFeatureStep implements KubernetesFeatureConfigStep {
    private final List<EnvVar> variables = new ArrayList<>();

    EnvSecretsFeatureStep(KubernetesDriverConf conf) {
        Problems problems = new Problems();
        conf.withPrefix(Constants.DRIVER_SECRET_KEY_REF_PREFIX)
                .forEach((variable, text) -> problems.collect(
                                () -> SecretKeyRef.parse(Constants.DRIVER_SECRET_KEY_REF_PREFIX + variable, text))
                        .ifPresent(reference -> variables.add(variable(variable, reference))));
        problems.throwIfAny();
    }

    private static EnvVar variable(String name, SecretKeyRef reference) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewSecretKeyRef()
                .withName(reference.secret())
                .withKey(reference.key())
                .endSecretKeyRef()
                .endValueFrom()
                .build();
    }

    @Override
    public SparkPod configurePod(SparkPod pod) {
        return pod.editContainer(builder -> builder.addAllToEnv(variables));
    }
}
