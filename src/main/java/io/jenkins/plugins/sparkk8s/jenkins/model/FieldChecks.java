package io.jenkins.plugins.sparkk8s.jenkins.model;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.sparkk8s.conf.ConfigOptions;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.model.Quantities;
import io.jenkins.plugins.sparkk8s.kubernetes.KubernetesNames;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What may be said of one field while the form is filled in, by the rules that the submission goes by. Nothing here
 * touches network or disk. A text with a variable in it passes, since its value is known only in the build.
 */
public final class FieldChecks {
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w|\\{)");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private FieldChecks() {}

    /** Whether a build would put something else in its place. */
    public static boolean hasVariable(String text) {
        return text != null && VARIABLE.matcher(text).find();
    }

    /** The rule of a configuration key. */
    public static FormValidation option(String key, String value) {
        return given(value, text -> option(key, key, text));
    }

    /** A time with its unit; a bare number would be in milliseconds, which is hardly ever meant. */
    public static FormValidation duration(String field, String value) {
        return duration(KubernetesOptions.SUBMIT_START_TIMEOUT.key(), field, value);
    }

    /** A time by the rule of a key, with its unit, since a bare number is in milliseconds or seconds. */
    static FormValidation duration(String key, String field, String value) {
        return given(value, text -> {
            if (isBareTime(text)) {
                return FormValidation.error(Messages.FieldChecks_BareTime(text));
            }
            return option(key, field, text);
        });
    }

    /** Whether it is a number without a unit, other than 0, which is the same in all. */
    public static boolean isBareTime(String text) {
        return text != null && NUMBER.matcher(text).matches() && !text.equals("0");
    }

    /** A size as Kubernetes writes it. */
    public static FormValidation quantity(String field, String value) {
        return given(value, text -> {
            try {
                Quantities.parse(field, text);
                return FormValidation.ok();
            } catch (ConfigurationException e) {
                return FormValidation.error(e.getMessage());
            }
        });
    }

    /** The name of a namespace or a volume. */
    public static FormValidation dnsLabel(String value) {
        return given(
                value,
                text -> DNS_LABEL.matcher(text).matches()
                        ? FormValidation.ok()
                        : FormValidation.error(Messages.FieldChecks_DnsLabel(text)));
    }

    /** The name of most other objects. */
    public static FormValidation objectName(String value) {
        return given(
                value,
                text -> KubernetesNames.isDnsSubdomain(text)
                        ? FormValidation.ok()
                        : FormValidation.error(Messages.FieldChecks_ObjectName(text)));
    }

    /** The name of a container image, as far as it can be checked without a registry. */
    public static FormValidation image(String value) {
        return given(
                value,
                text -> text.chars().anyMatch(Character::isWhitespace)
                        ? FormValidation.error(Messages.FieldChecks_Image(text))
                        : FormValidation.ok());
    }

    /** A path in a container, on a node or of a server. */
    public static FormValidation absolutePath(String value) {
        return given(
                value,
                text -> text.startsWith("/")
                        ? FormValidation.ok()
                        : FormValidation.error(Messages.FieldChecks_AbsolutePath(text)));
    }

    /** As the further check says, but missing it must not be. */
    public static FormValidation required(String value, Function<String, FormValidation> check) {
        return Util.fixEmptyAndTrim(value) == null
                ? FormValidation.error(Messages.FieldChecks_Required())
                : check.apply(value);
    }

    /** As the further check says of the trimmed text, when there is one and it has no variable. */
    public static FormValidation given(String value, Function<String, FormValidation> check) {
        String text = Util.fixEmptyAndTrim(value);
        return text == null || hasVariable(text) ? FormValidation.ok() : check.apply(text);
    }

    private static FormValidation option(String key, String shownAs, String text) {
        try {
            ConfigOptions.check(SparkConf.of(Map.of(key, text)));
            return FormValidation.ok();
        } catch (ConfigurationException e) {
            return FormValidation.error(e.getMessage().replace(key, shownAs));
        }
    }
}
