package io.jenkins.plugins.sparkk8s.submission;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.Pods;
import io.jenkins.plugins.sparkk8s.staging.cleaning.ApplicationStates;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Finds out from the driver pods of one cluster which applications have ended; of other clusters it knows nothing. */
public final class DriverStates implements ApplicationStates {
    private static final Logger LOGGER = Logger.getLogger(DriverStates.class.getName());
    private static final Set<String> ENDED = Set.of("succeeded", "failed");

    private final KubernetesClient client;
    private final String master;

    /**
     * @param client stays open
     * @param master as the configuration has it that the client was made of
     */
    public DriverStates(KubernetesClient client, String master) {
        this.client = client;
        this.master = master;
    }

    @Override
    public boolean hasEnded(String applicationId, String master, String namespace) {
        if (!this.master.equals(master) || applicationId.isEmpty() || namespace.isEmpty()) {
            return false;
        }
        try {
            List<Pod> drivers = client.pods()
                    .inNamespace(namespace)
                    .withLabel(Constants.SPARK_APP_ID_LABEL, applicationId)
                    .withLabel(Constants.SPARK_ROLE_LABEL, Constants.SPARK_POD_DRIVER_ROLE)
                    .list()
                    .getItems();
            return drivers.stream()
                    .allMatch(pod -> ENDED.contains(Pods.phase(pod).orElse("")));
        } catch (KubernetesClientException e) {
            LOGGER.log(Level.FINE, e, () -> "It is not known whether " + applicationId + " has ended");
            return false;
        }
    }
}
