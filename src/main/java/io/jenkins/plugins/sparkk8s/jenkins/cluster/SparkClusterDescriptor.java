package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.jenkins.model.FieldChecks;
import io.jenkins.plugins.sparkk8s.jenkins.model.SparkArgument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * What the form asks while an administrator fills it in. Each method can be called by any user over HTTP: it takes POST
 * alone and asks for the permission before all else. Checks look at what was typed and at nothing outside of Jenkins.
 */
public abstract class SparkClusterDescriptor extends Descriptor<SparkCluster> {
    SparkClusterDescriptor() {
        super(SparkCluster.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.SparkCluster_DisplayName();
    }

    /** The credentials that Kubernetes takes, for administrators; for others the value that is set. */
    @RequirePOST
    public ListBoxModel doFillCredentialsIdItems(
            @QueryParameter String credentialsId, @QueryParameter String apiServerUrl) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (isAdministrator()) {
            items.includeEmptyValue();
            items.includeMatchingAs(
                    ACL.SYSTEM2,
                    Jenkins.get(),
                    StandardCredentials.class,
                    URIRequirementBuilder.fromUri(Util.fixNull(apiServerUrl)).build(),
                    AuthenticationTokens.matcher(KubernetesAuth.class));
        }
        items.includeCurrentValue(Util.fixNull(credentialsId));
        return items;
    }

    /** The credentials that the upload path takes, for administrators; for others the value that is set. */
    @RequirePOST
    public ListBoxModel doFillUploadCredentialsIdItems(
            @QueryParameter String uploadCredentialsId, @QueryParameter String uploadPath) {
        StandardListBoxModel items = new StandardListBoxModel();
        if (isAdministrator()) {
            items.includeEmptyValue();
            UploadCredential.Kind.of(uploadPath)
                    .ifPresent(kind -> items.includeMatchingAs(
                            ACL.SYSTEM2, Jenkins.get(), StandardCredentials.class, List.of(), kind.matcher()));
        }
        items.includeCurrentValue(Util.fixNull(uploadCredentialsId));
        return items;
    }

    @RequirePOST
    public FormValidation doCheckName(@QueryParameter String value) {
        return check(value, ClusterChecks::name);
    }

    @RequirePOST
    public FormValidation doCheckApiServerUrl(@QueryParameter String value, @QueryParameter boolean inCluster) {
        return administratorOnly(() -> {
            String url = Util.fixEmptyAndTrim(value);
            Optional<String> problem = ClusterChecks.apiServerUrl(url, inCluster);
            if (problem.isEmpty() && url != null && ClusterChecks.isPlainHttp(url)) {
                return FormValidation.warning(Messages.SparkClusterDescriptor_PlainHttp());
            }
            return result(problem);
        });
    }

    @RequirePOST
    public FormValidation doCheckCaCertificate(@QueryParameter String value) {
        return check(value, ClusterChecks::caCertificate);
    }

    @RequirePOST
    public FormValidation doCheckSkipTlsVerify(@QueryParameter boolean value) {
        return administratorOnly(() -> {
            Optional<String> problem = ClusterChecks.skipTlsVerify(value);
            return problem.isEmpty() && value
                    ? FormValidation.warning(Messages.SparkClusterDescriptor_SkipTlsVerify())
                    : result(problem);
        });
    }

    @RequirePOST
    public FormValidation doCheckCredentialsId(
            @QueryParameter String value, @QueryParameter boolean inCluster, @QueryParameter String apiServerUrl) {
        return check(value, id -> ClusterChecks.identity(id, inCluster).or(() -> missing(id, apiServerUrl)));
    }

    private static Optional<String> missing(String credentialsId, String apiServerUrl) {
        return credentialsId == null || new CredentialIdentity(credentialsId, apiServerUrl, null, false).exists()
                ? Optional.empty()
                : Optional.of(Messages.SparkClusterDescriptor_NoSuchCredential(credentialsId));
    }

    @RequirePOST
    public FormValidation doCheckNamespace(@QueryParameter String value) {
        return check(value, ClusterChecks::namespace);
    }

    @RequirePOST
    public FormValidation doCheckAllowedNamespaces(@QueryParameter String value, @QueryParameter String namespace) {
        return administratorOnly(() -> {
            Optional<String> problem = ClusterChecks.allowedNamespaces(value);
            String own = Util.fixEmptyAndTrim(namespace) == null ? SparkCluster.DEFAULT_NAMESPACE : namespace.trim();
            List<String> allowed = Names.namespaces(value);
            if (problem.isEmpty()
                    && !allowed.isEmpty()
                    && allowed.stream().noneMatch(pattern -> Names.matches(pattern, own))) {
                return FormValidation.warning(Messages.SparkClusterDescriptor_OwnNamespace(own));
            }
            return result(problem);
        });
    }

    @RequirePOST
    public FormValidation doCheckFolders(@QueryParameter String value) {
        return administratorOnly(() -> {
            List<String> missing = Names.folders(value).stream()
                    .filter(name -> Jenkins.get().getItemByFullName(name) == null)
                    .toList();
            return missing.isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.warning(Messages.SparkClusterDescriptor_NoSuchFolder(String.join(", ", missing)));
        });
    }

    @RequirePOST
    public FormValidation doCheckUploadPath(@QueryParameter String value) {
        return check(value, ClusterChecks::uploadPath);
    }

    @RequirePOST
    public FormValidation doCheckUploadCredentialsId(@QueryParameter String value, @QueryParameter String uploadPath) {
        return check(
                value,
                id -> ClusterChecks.uploadCredential(id, Util.fixEmptyAndTrim(uploadPath))
                        .or(() -> id == null || UploadCredential.exists(id)
                                ? Optional.empty()
                                : Optional.of(Messages.SparkClusterDescriptor_NoSuchUploadCredential(id))));
    }

    @RequirePOST
    public FormValidation doCheckUploadPrincipal(
            @QueryParameter String value,
            @QueryParameter String uploadCredentialsId,
            @QueryParameter String uploadPath) {
        return check(
                value,
                principal -> ClusterChecks.uploadPrincipal(
                        principal, Util.fixEmptyAndTrim(uploadCredentialsId), Util.fixEmptyAndTrim(uploadPath)));
    }

    @RequirePOST
    public FormValidation doCheckAllowedUploadPaths(@QueryParameter String value) {
        return check(value, ClusterChecks::allowedUploadPaths);
    }

    @RequirePOST
    public FormValidation doCheckHistoryServerUrl(@QueryParameter String value) {
        return check(value, ClusterChecks::historyServerUrl);
    }

    @RequirePOST
    public FormValidation doCheckStartTimeout(@QueryParameter String value) {
        return administratorOnly(() -> FieldChecks.duration("startTimeout", value));
    }

    @RequirePOST
    public FormValidation doCheckRetainSucceeded(@QueryParameter String value) {
        return administratorOnly(() -> SparkArgument.RETAIN_SUCCEEDED.checkTime(value));
    }

    @RequirePOST
    public FormValidation doCheckRetainFailed(@QueryParameter String value) {
        return administratorOnly(() -> SparkArgument.RETAIN_FAILED.checkTime(value));
    }

    @RequirePOST
    public FormValidation doCheckMaxApplications(@QueryParameter String value) {
        return limit(value, ClusterChecks::maxApplications, Messages.ClusterChecks_MaxApplications());
    }

    @RequirePOST
    public FormValidation doCheckMaxApplicationsPerJob(@QueryParameter String value) {
        return limit(value, ClusterChecks::maxApplicationsPerJob, Messages.ClusterChecks_MaxApplicationsPerJob());
    }

    private static FormValidation limit(String value, Function<Integer, Optional<String>> check, String noNumber) {
        return check(value, text -> {
            try {
                return check.apply(text == null ? null : Integer.valueOf(text));
            } catch (NumberFormatException e) {
                return Optional.of(noNumber);
            }
        });
    }

    @RequirePOST
    public FormValidation doCheckImage(@QueryParameter String value) {
        return administratorOnly(() -> FieldChecks.image(value));
    }

    @RequirePOST
    public FormValidation doCheckServiceAccount(@QueryParameter String value) {
        return administratorOnly(() -> FieldChecks.objectName(value));
    }

    @RequirePOST
    public FormValidation doCheckSparkVersion(@QueryParameter String value) {
        return administratorOnly(() -> FieldChecks.option(KubernetesOptions.SUBMIT_SPARK_VERSION.key(), value));
    }

    @RequirePOST
    public FormValidation doCheckConf(@QueryParameter String value) {
        return administratorOnly(() -> {
            List<String> problems = ClusterConf.problems(value);
            List<FormValidation> results = new ArrayList<>();
            problems.forEach(problem -> results.add(FormValidation.error(problem)));
            if (problems.isEmpty()) {
                ClusterConf.warnings(value).forEach(warning -> results.add(FormValidation.warning(warning)));
            }
            return results.isEmpty() ? FormValidation.ok() : FormValidation.aggregate(results);
        });
    }

    /**
     * Tries the settings of the form: whether the API server answers, what we may do, whether the upload path can be
     * written from the controller, or from a node. It connects to where the form says with a credential that the form names, so it is
     * for administrators alone.
     */
    @RequirePOST
    public FormValidation doTestConnection(
            @QueryParameter String name,
            @QueryParameter String apiServerUrl,
            @QueryParameter String caCertificate,
            @QueryParameter boolean skipTlsVerify,
            @QueryParameter String credentialsId,
            @QueryParameter boolean inCluster,
            @QueryParameter String namespace,
            @QueryParameter String image,
            @QueryParameter String serviceAccount,
            @QueryParameter String sparkVersion,
            @QueryParameter String uploadPath,
            @QueryParameter String uploadCredentialsId,
            @QueryParameter String uploadPrincipal,
            @QueryParameter String conf,
            @QueryParameter String uploadTestNode)
            throws InterruptedException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        SparkCluster cluster = new SparkCluster(name, apiServerUrl);
        cluster.setCaCertificate(caCertificate);
        cluster.setSkipTlsVerify(skipTlsVerify);
        cluster.setCredentialsId(credentialsId);
        cluster.setInCluster(inCluster);
        cluster.setNamespace(namespace);
        cluster.setImage(image);
        cluster.setServiceAccount(serviceAccount);
        cluster.setSparkVersion(sparkVersion);
        cluster.setUploadPath(uploadPath);
        cluster.setUploadCredentialsId(uploadCredentialsId);
        cluster.setUploadPrincipal(uploadPrincipal);
        cluster.setConf(conf);
        return FormValidation.aggregate(
                new ConnectionTest(cluster, Util.fixEmptyAndTrim(uploadTestNode), ClusterConnections.get()).run());
    }

    private static boolean isAdministrator() {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    }

    /** Others get no result, and nothing is read for them. */
    private static FormValidation administratorOnly(Supplier<FormValidation> check) {
        return isAdministrator() ? check.get() : FormValidation.ok();
    }

    private static FormValidation check(String value, Function<String, Optional<String>> check) {
        return administratorOnly(() -> result(check.apply(Util.fixEmptyAndTrim(value))));
    }

    private static FormValidation result(Optional<String> problem) {
        return problem.map(FormValidation::error).orElseGet(FormValidation::ok);
    }
}
