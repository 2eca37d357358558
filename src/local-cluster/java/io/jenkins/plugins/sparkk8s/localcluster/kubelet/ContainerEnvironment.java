package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Environment of a container, in the kubelet's order: the given base, {@code envFrom}, {@code env}; each value may use
 * {@code $(NAME)} of an earlier one. See
 * <a href="https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/">
 * dependent environment variables</a>.
 */
final class ContainerEnvironment {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([-._a-zA-Z][-._a-zA-Z0-9]*)\\)");

    private final PodFields fields;
    private final ObjectReader objects;

    ContainerEnvironment(PodFields fields, ObjectReader objects) {
        this.fields = fields;
        this.objects = objects;
    }

    /**
     * Resolves a container's variables.
     *
     * @param base variables that the kubelet itself gives
     * @throws MissingObjectException when a ConfigMap, a Secret or a key is not there
     */
    Map<String, String> resolve(Container container, Map<String, String> base) throws MissingObjectException {
        Map<String, String> environment = new LinkedHashMap<>(base);
        for (EnvFromSource source : container.getEnvFrom()) {
            String prefix = source.getPrefix() == null ? "" : source.getPrefix();
            content(source).forEach((key, value) -> environment.put(prefix + key, text(value)));
        }
        for (EnvVar variable : container.getEnv()) {
            String value = variable.getValueFrom() == null
                    ? expand(variable.getValue() == null ? "" : variable.getValue(), environment)
                    : valueFrom(variable.getValueFrom(), container);
            if (value != null) {
                environment.put(variable.getName(), value);
            }
        }
        return environment;
    }

    /** Replaces {@code $(NAME)} by the value of NAME; unknown names stay, {@code $$} is an escaped dollar. */
    static String expand(String text, Map<String, String> environment) {
        return REFERENCE.matcher(text).replaceAll(match -> {
            if (match.group(1) == null) {
                return Matcher.quoteReplacement("$");
            }
            return Matcher.quoteReplacement(environment.getOrDefault(match.group(1), match.group()));
        });
    }

    private Map<String, byte[]> content(EnvFromSource source) throws MissingObjectException {
        if (source.getConfigMapRef() != null) {
            return objects.configMap(
                    source.getConfigMapRef().getName(), source.getConfigMapRef().getOptional());
        }
        return objects.secret(
                source.getSecretRef().getName(), source.getSecretRef().getOptional());
    }

    private String valueFrom(EnvVarSource source, Container container) throws MissingObjectException {
        if (source.getFieldRef() != null) {
            return fields.value(source.getFieldRef());
        }
        if (source.getResourceFieldRef() != null) {
            return resource(source.getResourceFieldRef(), container);
        }
        if (source.getConfigMapKeyRef() != null) {
            var reference = source.getConfigMapKeyRef();
            Map<String, byte[]> content = objects.configMap(reference.getName(), reference.getOptional());
            return key(content, reference.getKey(), "ConfigMap", reference.getName(), reference.getOptional());
        }
        var reference = source.getSecretKeyRef();
        Map<String, byte[]> content = objects.secret(reference.getName(), reference.getOptional());
        return key(content, reference.getKey(), "Secret", reference.getName(), reference.getOptional());
    }

    private String key(Map<String, byte[]> content, String key, String kind, String name, Boolean optional)
            throws MissingObjectException {
        byte[] value = content.get(key);
        if (value == null && !Boolean.TRUE.equals(optional)) {
            throw new MissingObjectException(
                    "couldn't find key " + key + " in " + kind + " " + objects.namespace() + "/" + name);
        }
        return value == null ? null : text(value);
    }

    private static String resource(ResourceFieldSelector selector, Container container) {
        String[] path = selector.getResource().split("\\.", 2);
        Map<String, Quantity> quantities = path[0].equals("limits")
                ? container.getResources().getLimits()
                : container.getResources().getRequests();
        Quantity quantity = quantities == null ? null : quantities.get(path[1]);
        if (quantity == null) {
            return "0";
        }
        BigDecimal divisor = selector.getDivisor() == null
                ? BigDecimal.ONE
                : selector.getDivisor().getNumericalAmount();
        BigDecimal unit = divisor.signum() == 0 ? BigDecimal.ONE : divisor;
        return quantity.getNumericalAmount()
                .divide(unit, 0, RoundingMode.CEILING)
                .toPlainString();
    }

    private static String text(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
