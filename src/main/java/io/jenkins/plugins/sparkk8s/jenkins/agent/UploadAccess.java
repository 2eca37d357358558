package io.jenkins.plugins.sparkk8s.jenkins.agent;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.UploadCredential;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * Where files may be uploaded to, and as whom. It travels with a call to a node and is never stored.
 *
 * @param login with the credential of the cluster's upload path; null for none
 * @param job what counts on an agent beside the cluster's configuration when a record, and no request, says what to remove
 */
public record UploadAccess(UploadPolicy policy, StorageLogin login, JobStorage job) implements Serializable {

    public UploadAccess {
        Objects.requireNonNull(policy);
        Objects.requireNonNull(job);
    }

    UploadAccess(UploadPolicy policy, StorageLogin login) {
        this(policy, login, JobStorage.NONE);
    }

    public UploadAccess with(JobStorage other) {
        return new UploadAccess(policy, login, other);
    }

    /**
     * What an administrator has configured for a cluster, with the credential as it is now.
     *
     * @param run for the record of the credential's uses; null for none
     * @throws AbortException when the credential is gone, or of a kind that the upload path does not take
     */
    public static UploadAccess of(SparkCluster cluster, Run<?, ?> run) throws AbortException {
        return new UploadAccess(UploadPolicy.of(cluster), UploadCredential.of(cluster, run));
    }

    static UploadAccess withoutCredential(UploadPolicy policy) {
        return new UploadAccess(policy, null);
    }

    /** Hides the credential, and keys of the job's own. */
    public SecretMask mask() {
        SecretMask ofCluster = login == null ? SecretMask.none() : login.mask();
        return ofCluster.and(job.secrets().values());
    }

    HadoopGateway gateway(Map<String, String> defaults, SparkConf complete) {
        return UploadClientSettings.gateway(defaults, complete, login);
    }
}
