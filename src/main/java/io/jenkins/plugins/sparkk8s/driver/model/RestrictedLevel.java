package io.jenkins.plugins.sparkk8s.driver.model;

import static java.util.Objects.requireNonNullElseGet;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.SecurityOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a pod conform to {@code restricted} of Kubernetes' Pod Security Standards
 * ({@code spark.kubernetes.submit.restricted}). What a pod template sets stays, as far as the level admits it.
 *
 * @param user id of the user of Spark's container; empty for the one of the image
 */
public record RestrictedLevel(Optional<Long> user) {
    private static final String ALL = "ALL";
    private static final String RUNTIME_DEFAULT = "RuntimeDefault";

    /** Empty when the pods are to be as Spark makes them. */
    public static Optional<RestrictedLevel> of(SparkConf conf) {
        if (!conf.get(SecurityOptions.SUBMIT_RESTRICTED)) {
            return Optional.empty();
        }
        return Optional.of(new RestrictedLevel(Optional.of(conf.get(SecurityOptions.SUBMIT_RUN_AS_USER))
                .filter(user -> !user.equals(SecurityOptions.USER_OF_IMAGE))
                .map(Long::valueOf)));
    }

    /** How every error about the level ends, after the remedy of its own. */
    public static String orLeaveIt() {
        return ", or submit without %s=true.".formatted(SecurityOptions.SUBMIT_RESTRICTED.key());
    }

    /** The level as a sentence names it, with the key that asks for it. */
    public static String described() {
        return "the Pod Security level restricted (%s)".formatted(SecurityOptions.SUBMIT_RESTRICTED.key());
    }

    /** @throws ConfigurationException when the template of that key has what the level refuses */
    void refuseIn(String key, Pod template) {
        List<String> refused = RestrictedFields.refusedIn(template);
        if (!refused.isEmpty()) {
            throw new ConfigurationException("The pod template of %s has %s, which %s refuses. Change the template%s"
                    .formatted(key, String.join(", ", refused), described(), orLeaveIt()));
        }
    }

    /** Completes all containers of the pod; those of a template keep their users. */
    public SparkPod apply(SparkPod pod) {
        PodSecurityContext context =
                conforming(requireNonNullElseGet(pod.pod().getSpec().getSecurityContext(), PodSecurityContext::new));
        Pod others = new PodBuilder(pod.pod())
                .editSpec()
                .withSecurityContext(context)
                .withInitContainers(conforming(pod.pod().getSpec().getInitContainers()))
                .withContainers(conforming(pod.pod().getSpec().getContainers()))
                .endSpec()
                .build();
        Container spark = conforming(pod.container());
        boolean hasUser =
                context.getRunAsUser() != null || spark.getSecurityContext().getRunAsUser() != null;
        if (!hasUser) {
            user.ifPresent(id -> spark.getSecurityContext().setRunAsUser(id));
        }
        return new SparkPod(others, spark);
    }

    private static PodSecurityContext conforming(PodSecurityContext context) {
        PodSecurityContextBuilder builder = new PodSecurityContextBuilder(context).withRunAsNonRoot(true);
        if (context.getSeccompProfile() == null) {
            builder.withNewSeccompProfile().withType(RUNTIME_DEFAULT).endSeccompProfile();
        }
        return builder.build();
    }

    private static List<Container> conforming(List<Container> containers) {
        return containers.stream().map(RestrictedLevel::conforming).toList();
    }

    private static Container conforming(Container container) {
        SecurityContext context = requireNonNullElseGet(container.getSecurityContext(), SecurityContext::new);
        Capabilities capabilities = requireNonNullElseGet(context.getCapabilities(), Capabilities::new);
        List<String> dropped = new ArrayList<>(capabilities.getDrop());
        if (!dropped.contains(ALL)) {
            dropped.add(ALL);
        }
        return new ContainerBuilder(container)
                .withSecurityContext(new SecurityContextBuilder(context)
                        .withAllowPrivilegeEscalation(false)
                        .withCapabilities(
                                capabilities.toBuilder().withDrop(dropped).build())
                        .build())
                .build();
    }
}
