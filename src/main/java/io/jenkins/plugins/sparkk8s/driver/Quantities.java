package io.jenkins.plugins.sparkk8s.driver;

import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.util.regex.Pattern;

/** Kubernetes quantities as users write them ({@code apimachinery/pkg/api/resource/quantity.go}). */
public final class Quantities {
    private static final Pattern FORM =
            Pattern.compile("\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?[0-9]+)?");

    private Quantities() {}

    /** @throws ConfigurationException naming key and value when it is no quantity, or a negative one */
    public static Quantity parse(String key, String text) {
        if (!FORM.matcher(text.trim()).matches()) {
            throw new ConfigurationException(
                    "The value '%s' of %s is not a Kubernetes quantity. Write it as 2, 500m or 10Gi."
                            .formatted(text, key));
        }
        return new Quantity(text.trim());
    }
}
