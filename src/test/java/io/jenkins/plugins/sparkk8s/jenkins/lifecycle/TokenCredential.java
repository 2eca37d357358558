package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import io.fabric8.kubernetes.client.ConfigBuilder;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthConfig;

/** A credential of an API server. */
record TokenCredential(String getId, String token) implements StandardCredentials, KubernetesAuth {
    @Override
    public String getDescription() {
        return getId;
    }

    @Override
    public ConfigBuilder decorate(ConfigBuilder builder, KubernetesAuthConfig config) {
        return builder.withOauthToken(token);
    }
}
