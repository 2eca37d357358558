package io.jenkins.plugins.sparkk8s.driver.model;

import java.util.Map;
import java.util.Optional;

/**
 * One volume of a driver or executor, as configured ({@code KubernetesVolumeSpec.scala}).
 *
 * @param name also the volume's name in the pod
 * @param mountPath where it is in the container
 * @param subPath part of the volume to mount; empty for all of it
 * @param subPathExpr as {@code subPath}, with environment variables expanded; empty when unused
 * @param readOnly whether the container may only read
 * @param source what kind of volume it is
 */
public record KubernetesVolumeSpec(
        String name, String mountPath, String subPath, String subPathExpr, boolean readOnly, Source source) {

    /** Where the volume's content is. */
    public sealed interface Source {}

    /**
     * A directory of the node.
     *
     * @param type what must be there, in the API's words; empty for no check
     */
    public record HostPath(String path, String type) implements Source {}

    /** A directory that lives as long as the pod. */
    public record EmptyDir(Optional<String> medium, Optional<String> sizeLimit) implements Source {}

    /** A directory of an NFS server. */
    public record Nfs(String path, String server) implements Source {}

    /**
     * A claim: an existing one, or with storage class and size one that is made for this pod.
     *
     * @param claimName may hold {@code OnDemand} for a generated name
     */
    public record Claim(
            String claimName,
            Optional<String> storageClass,
            Optional<String> sizeLimit,
            Map<String, String> labels,
            Map<String, String> annotations)
            implements Source {
        /** Stands in a claim name for a generated one. */
        public static final String ON_DEMAND = "OnDemand";

        /** Whether the claim is to be created. */
        public boolean isCreated() {
            return storageClass.isPresent() && sizeLimit.isPresent();
        }
    }
}
