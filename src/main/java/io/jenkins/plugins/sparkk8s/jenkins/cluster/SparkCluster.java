package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Item;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import java.util.List;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A Kubernetes cluster that jobs may run Spark applications on, as the administrator describes it.
 *
 * <p>What it gives to applications that do not set it is in {@link ApplicationDefaults}. It is stored in the XML of
 * {@link SparkClusters} and never changed once it is there: saving the form makes new ones. Every field but the name may be null,
 * which means "not said"; it holds the id of a credential, never a secret.
 */
@XStreamAlias("sparkCluster")
public final class SparkCluster extends ApplicationDefaults implements Describable<SparkCluster> {
    static final String DEFAULT_NAMESPACE = "default";

    /** Where a pod finds the API server of its own cluster. */
    private static final String OWN_API_SERVER = "https://kubernetes.default.svc";

    private final String name;
    private final String apiServerUrl;
    private String caCertificate;
    private boolean skipTlsVerify;
    private String credentialsId;
    private boolean inCluster;
    private String uploadCredentialsId;
    private String uploadPrincipal;
    private String allowedUploadPaths;
    private String allowedNamespaces;
    private String folders;
    private String historyServerUrl;
    private Integer maxApplications;
    private Integer maxApplicationsPerJob;

    /**
     * @param name how jobs call the cluster
     * @param apiServerUrl http or https; null with {@link #setInCluster} for the cluster that the controller runs in
     */
    @DataBoundConstructor
    public SparkCluster(String name, String apiServerUrl) {
        this.name = Util.fixEmptyAndTrim(name);
        this.apiServerUrl = Util.fixEmptyAndTrim(apiServerUrl);
    }

    /** How jobs call the cluster. */
    public String getName() {
        return name;
    }

    /** As configured; null for the cluster that the controller runs in. */
    public String getApiServerUrl() {
        return apiServerUrl;
    }

    /** The URL to talk to; null only when nothing says where the API server is. */
    String apiServer() {
        return apiServerUrl == null && inCluster ? OWN_API_SERVER : apiServerUrl;
    }

    /** PEM of the certificates that the API server's may be signed by; null for those that Java trusts. */
    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(String caCertificate) {
        this.caCertificate = lines(caCertificate);
    }

    /** Whether any certificate of the API server is taken; not in FIPS mode. */
    public boolean isSkipTlsVerify() {
        return skipTlsVerify;
    }

    @DataBoundSetter
    public void setSkipTlsVerify(boolean skipTlsVerify) {
        this.skipTlsVerify = skipTlsVerify;
    }

    /** A credential of the Jenkins root that {@code KubernetesAuth} can be made of; null for none. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** Whether to use the service account of the pod that the controller runs in. */
    public boolean isInCluster() {
        return inCluster;
    }

    @DataBoundSetter
    public void setInCluster(boolean inCluster) {
        this.inCluster = inCluster;
    }

    /** A credential of the Jenkins root that files are uploaded with; null for what the agent has itself. */
    public String getUploadCredentialsId() {
        return uploadCredentialsId;
    }

    @DataBoundSetter
    public void setUploadCredentialsId(String uploadCredentialsId) {
        this.uploadCredentialsId = Util.fixEmptyAndTrim(uploadCredentialsId);
    }

    /** The Kerberos principal of a keytab; null for any other credential. */
    public String getUploadPrincipal() {
        return uploadPrincipal;
    }

    @DataBoundSetter
    public void setUploadPrincipal(String uploadPrincipal) {
        this.uploadPrincipal = Util.fixEmptyAndTrim(uploadPrincipal);
    }

    /** Folders below which a job may choose another upload path, one per line; null when jobs may choose none. */
    public String getAllowedUploadPaths() {
        return allowedUploadPaths;
    }

    @DataBoundSetter
    public void setAllowedUploadPaths(String allowedUploadPaths) {
        this.allowedUploadPaths = lines(allowedUploadPaths);
    }

    /** {@link #getAllowedUploadPaths} one by one; empty when jobs may choose none. */
    public List<String> allowedUploads() {
        return Names.lines(allowedUploadPaths);
    }

    /** Namespaces that jobs may use, with commas or blanks between, {@code *} for any characters; null for all. */
    public String getAllowedNamespaces() {
        return allowedNamespaces;
    }

    @DataBoundSetter
    public void setAllowedNamespaces(String allowedNamespaces) {
        this.allowedNamespaces = Util.fixEmptyAndTrim(allowedNamespaces);
    }

    /** Full names of the folders (or jobs) that may use the cluster, one per line; null for every job. */
    public String getFolders() {
        return folders;
    }

    @DataBoundSetter
    public void setFolders(String folders) {
        this.folders = lines(folders);
    }

    /** Where finished applications can be looked at, http or https; null for nowhere. */
    public String getHistoryServerUrl() {
        return historyServerUrl;
    }

    @DataBoundSetter
    public void setHistoryServerUrl(String historyServerUrl) {
        this.historyServerUrl = Util.fixEmptyAndTrim(historyServerUrl);
    }

    /** How many applications of this Jenkins run at a time, further ones are queued; 0 queues all, null none. */
    public Integer getMaxApplications() {
        return maxApplications;
    }

    @DataBoundSetter
    public void setMaxApplications(Integer maxApplications) {
        this.maxApplications = maxApplications;
    }

    /** The same for the applications of one job; at least 1, null for no limit. */
    public Integer getMaxApplicationsPerJob() {
        return maxApplicationsPerJob;
    }

    @DataBoundSetter
    public void setMaxApplicationsPerJob(Integer maxApplicationsPerJob) {
        this.maxApplicationsPerJob = maxApplicationsPerJob;
    }

    /**
     * What applications on this cluster are configured with unless a job sets another value: {@link #getConf} and the
     * fields, which win.
     *
     * @return by Spark's keys; a new map
     */
    public Map<String, String> defaults() {
        return ClusterDefaults.of(this);
    }

    /**
     * Lets a job use a namespace.
     *
     * @param wanted null or empty for the cluster's own
     * @throws AbortException when the administrator did not allow it
     */
    public void requireNamespace(String wanted) throws AbortException {
        String effective = Util.fixEmptyAndTrim(wanted) == null ? effectiveNamespace() : wanted.trim();
        List<String> allowed = Names.namespaces(allowedNamespaces);
        if (!allowed.isEmpty() && allowed.stream().noneMatch(pattern -> Names.matches(pattern, effective))) {
            throw new AbortException(
                    "Jobs may not use the namespace %s of the Spark cluster %s. Use one of %s, or ask an administrator to allow it."
                            .formatted(effective, name, String.join(", ", allowed)));
        }
    }

    /** Where an application runs whose job does not say. */
    String effectiveNamespace() {
        return defaults().getOrDefault(KubernetesOptions.NAMESPACE.key(), DEFAULT_NAMESPACE);
    }

    /** @param job null when it is not known; then only a cluster for every job will do */
    boolean isFor(Item job) {
        List<String> allowed = Names.folders(folders);
        return allowed.isEmpty()
                || job != null && allowed.stream().anyMatch(folder -> Names.isIn(folder, job.getFullName()));
    }

    @Override
    public String toString() {
        return "Spark cluster " + name;
    }

    @Symbol("sparkCluster")
    @Extension
    public static final class DescriptorImpl extends SparkClusterDescriptor {}
}
