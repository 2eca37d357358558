package io.jenkins.plugins.sparkk8s.driver.step;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The file lists of an application after the upload: uploaded entries first, then the others, as Spark orders them. */
final class UploadedProperties {
    private static final Pattern NOT_ASCII = Pattern.compile("[^\\p{ASCII}]+");
    private static final Pattern EMPTY_AUTHORITY = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:)///");

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
                                        byLocal.get(true).stream().map(entry -> remote(conf, option, uri(conf, entry))),
                                        byLocal.get(false).stream())
                                .collect(Collectors.joining(",")));
            }
        }
        return changed;
    }

    private static ResourceUri uri(KubernetesDriverConf conf, String entry) {
        return ResourceUri.resolve(entry, conf.environment().workingDirectory());
    }

    /** Only an archive keeps its fragment, and only its URI is normalised, as in {@code BasicDriverFeatureStep}. */
    private static String remote(KubernetesDriverConf conf, ConfigOption<List<String>> option, ResourceUri local) {
        String location = remote(conf, new ResourceUri(local.location(), null));
        return option.equals(CoreOptions.ARCHIVES) ? normalised(location, local.fragment()) : location;
    }

    private static String normalised(String location, String fragment) {
        String uri = EMPTY_AUTHORITY.matcher(location).replaceFirst("$1/");
        return NOT_ASCII
                .matcher(fragment == null ? uri : uri + "#" + fragment)
                .replaceAll(part -> URLEncoder.encode(part.group(), StandardCharsets.UTF_8));
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
