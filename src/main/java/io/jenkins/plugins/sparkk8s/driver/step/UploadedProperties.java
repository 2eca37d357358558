package io.jenkins.plugins.sparkk8s.driver.step;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.driver.KubernetesDriverConf;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The file lists of an application after the upload: uploaded entries first, then the others, as Spark orders them. */
final class UploadedProperties {
    private UploadedProperties() {}

    /** New values of the lists in which at least one entry was uploaded. */
    static Map<String, String> of(KubernetesDriverConf conf) {
        Map<String, String> changed = new TreeMap<>();
        for (ConfigOption<List<String>> option : CoreOptions.FILE_LISTS) {
            Map<Boolean, List<String>> byLocal = conf.conf().get(option).stream()
                    .collect(Collectors.partitioningBy(entry -> uri(conf, entry).isSubmitterLocal()));
            if (!byLocal.get(true).isEmpty()) {
                changed.put(
                        option.key(),
                        Stream.concat(
                                        byLocal.get(true).stream().map(entry -> remote(conf, uri(conf, entry))),
                                        byLocal.get(false).stream())
                                .collect(Collectors.joining(",")));
            }
        }
        return changed;
    }

    private static ResourceUri uri(KubernetesDriverConf conf, String entry) {
        return ResourceUri.resolve(entry, conf.environment().workingDirectory());
    }

    /**
     * Where an uploaded file is for the driver.
     *
     * @throws IllegalStateException when it was not uploaded
     */
    static String remote(KubernetesDriverConf conf, ResourceUri local) {
        return conf.staged()
                .remote(local)
                .orElseThrow(() -> new IllegalStateException(local + " has not been uploaded"))
                .toString();
    }
}
