package io.jenkins.plugins.sparkk8s.driver.model;

import io.fabric8.kubernetes.api.model.Quantity;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes quantities as users write them ({@code apimachinery/pkg/api/resource/quantity.go}). */
public final class Quantities {
    private static final Pattern FORM =
            Pattern.compile("\\+?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?[0-9]+)?");

    private static final Pattern SPARK_SIZE = Pattern.compile("([0-9]{1,12})([kKmMgGtT])i?[bB]?");

    private Quantities() {}

    /** @throws ConfigurationException naming key and value when it is no quantity, or a negative one */
    public static Quantity parse(String key, String text) {
        if (!FORM.matcher(text.trim()).matches()) {
            throw new ConfigurationException(
                    "The value '%s' of %s is not a Kubernetes quantity. Write it as 2, 500m or 10Gi.%s"
                            .formatted(text, key, hint(text.trim())));
        }
        return new Quantity(text.trim());
    }

    /** Spark's own sizes are in other units. */
    private static String hint(String text) {
        Matcher size = SPARK_SIZE.matcher(text);
        return size.matches()
                ? " Kubernetes writes this size %s%si."
                        .formatted(size.group(1), size.group(2).toUpperCase(Locale.ROOT))
                : "";
    }
}
