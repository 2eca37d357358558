package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The syntax of names, labels and label values, with the wording of k8s.io/apimachinery's validation package. */
final class Names {

    private static final String DNS1123_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String DNS1123_SUBDOMAIN = DNS1123_LABEL + "(\\." + DNS1123_LABEL + ")*";
    private static final String DNS1035_LABEL = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String QUALIFIED_NAME = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String LABEL_VALUE = "(" + QUALIFIED_NAME + ")?";
    private static final String CONFIG_KEY = "[-._a-zA-Z0-9]+";

    private static final Pattern LABEL = Pattern.compile(DNS1123_LABEL);
    private static final Pattern SUBDOMAIN = Pattern.compile(DNS1123_SUBDOMAIN);
    private static final Pattern LABEL_1035 = Pattern.compile(DNS1035_LABEL);
    private static final Pattern QUALIFIED = Pattern.compile(QUALIFIED_NAME);
    private static final Pattern VALUE = Pattern.compile(LABEL_VALUE);
    private static final Pattern KEY = Pattern.compile(CONFIG_KEY);

    private static final Pattern ENVIRONMENT = Pattern.compile("[-._a-zA-Z][-._a-zA-Z0-9]*");

    private Names() {}

    static List<String> dns1123Label(String text) {
        return check(
                text,
                63,
                LABEL,
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start"
                        + " and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                        + " validation is '" + DNS1123_LABEL + "')");
    }

    static List<String> dns1123Subdomain(String text) {
        return check(
                text,
                253,
                SUBDOMAIN,
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and"
                        + " must start and end with an alphanumeric character (e.g. 'example.com', regex used for"
                        + " validation is '" + DNS1123_SUBDOMAIN + "')");
    }

    static List<String> dns1035Label(String text) {
        return check(
                text,
                63,
                LABEL_1035,
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                        + " character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex"
                        + " used for validation is '" + DNS1035_LABEL + "')");
    }

    static List<String> labelValue(String text) {
        return check(
                text,
                63,
                VALUE,
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and"
                        + " must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or"
                        + " '12345', regex used for validation is '" + LABEL_VALUE + "')");
    }

    static List<String> configKey(String text) {
        List<String> errors = check(
                text,
                253,
                KEY,
                "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or"
                        + " 'KEY_NAME',  or 'key-name', regex used for validation is '" + CONFIG_KEY + "')");
        if (text.equals(".") || text.startsWith("..")) {
            errors.add("a valid config key must not be '.' or start with '..'");
        }
        return errors;
    }

    static List<String> environmentVariable(String name, KubernetesVersion version) {
        if (version.relaxedEnvironmentNames()) {
            boolean printable = name.indexOf('=') < 0 && name.chars().allMatch(c -> c >= 32 && c < 127);
            return printable
                    ? List.of()
                    : List.of("a valid environment variable name must consist only of printable ASCII characters other"
                            + " than '='");
        }
        List<String> errors = check(
                name,
                Integer.MAX_VALUE,
                ENVIRONMENT,
                "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and"
                        + " must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex"
                        + " used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')");
        if (name.equals(".") || name.startsWith("..")) {
            errors.add("must not be '.' and must not start with '..'");
        }
        return errors;
    }

    /** The key of a label or annotation: an optional DNS prefix, a slash, a name. */
    static List<String> qualifiedName(String key) {
        int slash = key.indexOf('/');
        List<String> errors = new ArrayList<>();
        if (slash != key.lastIndexOf('/')) {
            errors.add("a qualified name " + QUALIFIED_MESSAGE + " with an optional DNS subdomain prefix and '/' (e.g."
                    + " 'example.com/MyName')");
            return errors;
        }
        if (slash == 0) {
            errors.add("prefix part must be non-empty");
        } else if (slash > 0) {
            dns1123Subdomain(key.substring(0, slash)).forEach(e -> errors.add("prefix part " + e));
        }
        String name = key.substring(slash + 1);
        if (name.isEmpty()) {
            errors.add("name part must be non-empty");
        } else {
            check(name, 63, QUALIFIED, QUALIFIED_MESSAGE).forEach(e -> errors.add("name part " + e));
        }
        return errors;
    }

    private static final String QUALIFIED_MESSAGE =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                    + " character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '"
                    + QUALIFIED_NAME + "')";

    private static List<String> check(String text, int max, Pattern pattern, String message) {
        List<String> errors = new ArrayList<>();
        if (text.length() > max) {
            errors.add("must be no more than " + max + " bytes");
        }
        if (!pattern.matcher(text).matches()) {
            errors.add(message);
        }
        return errors;
    }
}
