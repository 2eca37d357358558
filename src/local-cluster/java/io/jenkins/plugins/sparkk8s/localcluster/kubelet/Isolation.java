package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

/** How far a container is kept apart from the host; what is possible depends on the kernel and the user. */
public enum Isolation {
    /** Mount and UTS namespaces of its own; needs root. */
    NAMESPACES,
    /** The same below a user namespace, in which an ordinary user is root. */
    USER_NAMESPACES,
    /** No namespaces: mount paths in arguments and environment are replaced by the host's. */
    PATH_REPLACEMENT
}
