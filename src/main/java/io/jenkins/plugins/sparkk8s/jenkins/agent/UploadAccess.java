package io.jenkins.plugins.sparkk8s.jenkins.agent;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.UploadCredential;
import io.jenkins.plugins.sparkk8s.staging.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.StorageLogin;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * Where files may be uploaded to, and as whom. It travels with a call to a node and is never stored.
 *
 * @param login with the credential of the cluster's upload path; null for none
 */
public record UploadAccess(UploadPolicy policy, StorageLogin login) implements Serializable {

    public UploadAccess {
        Objects.requireNonNull(policy);
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

    /** Hides the credential. */
    public SecretMask mask() {
        return login == null ? SecretMask.none() : login.mask();
    }

    HadoopGateway gateway(Map<String, String> defaults, SparkConf complete) {
        return UploadClientSettings.gateway(defaults, complete, login);
    }
}
