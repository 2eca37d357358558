package io.jenkins.plugins.sparkk8s.driver.step;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;

/** ConfigMaps with local files; immutable, as they do not change while the application runs. */
final class ConfigMaps {
    private ConfigMaps() {}

    static ConfigMap of(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withImmutable(true)
                .withData(data)
                .build();
    }
}
