package io.jenkins.plugins.sparkk8s.localcluster.kubelet;

/** Something that a pod names is not there (yet): the kubelet says so in an event and tries again. */
final class MissingObjectException extends Exception {

    private static final long serialVersionUID = 1L;

    MissingObjectException(String message) {
        super(message);
    }
}
