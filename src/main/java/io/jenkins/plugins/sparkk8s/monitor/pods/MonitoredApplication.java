package io.jenkins.plugins.sparkk8s.monitor.pods;

import java.io.Serializable;
import java.util.Objects;

/**
 * The identifiers by which a submitted application is found on the cluster again, also after a restart.
 *
 * @param namespace namespace of the driver and its executors
 * @param applicationId value of the pods' {@code spark-app-selector} label
 * @param applicationName as the user named it
 * @param driverPodName name of the driver pod
 * @param driverPodUid uid of the driver pod, by which a later pod of the same name is distinguished; null when not known
 * @param driverPodVersion resource version of the driver pod when it was created, from which on its life can be replayed; null
 *     when not known
 */
public record MonitoredApplication(
        String namespace,
        String applicationId,
        String applicationName,
        String driverPodName,
        String driverPodUid,
        String driverPodVersion)
        implements Serializable {

    /** An application whose driver's version is not known. */
    public MonitoredApplication(
            String namespace, String applicationId, String applicationName, String driverPodName, String driverPodUid) {
        this(namespace, applicationId, applicationName, driverPodName, driverPodUid, null);
    }

    public MonitoredApplication {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(applicationId, "applicationId");
        Objects.requireNonNull(applicationName, "applicationName");
        Objects.requireNonNull(driverPodName, "driverPodName");
    }
}
