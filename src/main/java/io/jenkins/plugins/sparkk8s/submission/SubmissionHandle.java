package io.jenkins.plugins.sparkk8s.submission;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import java.io.Serializable;
import java.util.Optional;

/**
 * Where a submitted application is: identifiers only, so that it can be written down before anything is created and
 * found again after a restart.
 *
 * @param masterUrl as in {@code spark.master}, with {@code k8s://}
 * @param namespace of all objects
 * @param applicationId value of the {@code spark-app-selector} label
 * @param applicationName for people
 * @param driverPodName name of the driver pod
 * @param driverPodUid null until the pod has been created
 * @param driverPodVersion resource version of the pod when it was created or found; null until then, and when an earlier
 *     version of this class wrote the handle
 */
public record SubmissionHandle(
        String masterUrl,
        String namespace,
        String applicationId,
        String applicationName,
        String driverPodName,
        String driverPodUid,
        String driverPodVersion)
        implements Serializable {

    /** The handle of an application that has not been created yet. */
    public static SubmissionHandle planned(DriverSpec spec) {
        return new SubmissionHandle(
                spec.properties().get(CoreOptions.MASTER.key()).orElse(""),
                spec.namespace(),
                spec.properties().get(CoreOptions.APP_ID),
                spec.properties().get(CoreOptions.APP_NAME.key()).orElse("spark"),
                spec.podName(),
                null,
                null);
    }

    /** The same application, now with a driver pod. */
    public SubmissionHandle withDriverPod(ObjectMeta pod) {
        return new SubmissionHandle(
                masterUrl,
                namespace,
                applicationId,
                applicationName,
                driverPodName,
                pod.getUid(),
                pod.getResourceVersion());
    }

    public Optional<String> createdDriverPodUid() {
        return Optional.ofNullable(driverPodUid);
    }

    /** Spark's submission id, {@code namespace:pod}; what {@code --kill} and {@code --status} take. */
    public String submissionId() {
        return namespace + ":" + driverPodName;
    }
}
