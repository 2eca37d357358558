package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.AbortException;
import hudson.model.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The service account of the pod that the controller runs in; Kubernetes renews the files well before a token expires. */
record ServiceAccountIdentity(Path directory) implements IdentitySource {
    private static final Logger LOGGER = Logger.getLogger(ServiceAccountIdentity.class.getName());

    /** Where Kubernetes mounts it. */
    static final Path MOUNTED = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    @Override
    public Identity read(Run<?, ?> run) throws AbortException {
        try {
            String token = Files.readString(directory.resolve("token")).strip();
            Path authority = directory.resolve("ca.crt");
            return Identity.bearer(
                    token,
                    Files.isReadable(authority)
                            ? Base64.getEncoder().encodeToString(Files.readAllBytes(authority))
                            : null);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "No service account", e);
            throw new AbortException(
                    "The cluster is configured to use the controller's own service account, but the controller has none in %s. Run it in a pod that mounts one, or choose credentials for the cluster."
                            .formatted(directory));
        }
    }
}
