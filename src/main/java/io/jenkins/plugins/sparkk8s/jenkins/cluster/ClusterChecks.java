package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.conf.SparkVersion;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import jenkins.security.FIPS140;

/**
 * What makes a description of a cluster unusable, field by field, for the form and for Configuration as Code. Nothing
 * here looks at the network, at credentials or at files.
 */
final class ClusterChecks {
    private static final Logger LOGGER = Logger.getLogger(ClusterChecks.class.getName());
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern NAMESPACE_PATTERN = Pattern.compile("[-a-z0-9*]{1,63}");
    private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+:)?/.*", Pattern.DOTALL);
    private static final Pattern PRINCIPAL = Pattern.compile("[^@\\s]+@[^@/\\s]+");
    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

    private ClusterChecks() {}

    /** What is wrong with any of them, the cluster's name first; none when all can be stored. */
    static List<String> problems(List<SparkCluster> clusters) {
        List<String> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SparkCluster cluster : clusters) {
            if (cluster.getName() != null && !names.add(cluster.getName())) {
                problems.add(Messages.ClusterChecks_NameTwice(cluster.getName()));
            }
            List<String> own = problems(cluster);
            if (!own.isEmpty()) {
                problems.add(Messages.ClusterChecks_InCluster(
                        cluster.getName() == null ? "?" : cluster.getName(), String.join(" ", own)));
            }
        }
        return problems;
    }

    /** One sentence for each error; none when it can be stored. */
    static List<String> problems(SparkCluster cluster) {
        List<String> problems = new ArrayList<>();
        name(cluster.getName()).ifPresent(problems::add);
        apiServerUrl(cluster.getApiServerUrl(), cluster.isInCluster()).ifPresent(problems::add);
        caCertificate(cluster.getCaCertificate()).ifPresent(problems::add);
        skipTlsVerify(cluster.isSkipTlsVerify()).ifPresent(problems::add);
        identity(cluster.getCredentialsId(), cluster.isInCluster()).ifPresent(problems::add);
        namespace(cluster.getNamespace()).ifPresent(problems::add);
        allowedNamespaces(cluster.getAllowedNamespaces()).ifPresent(problems::add);
        uploadPath(cluster.getUploadPath()).ifPresent(problems::add);
        uploadCredential(cluster.getUploadCredentialsId(), cluster.getUploadPath())
                .ifPresent(problems::add);
        uploadPrincipal(cluster.getUploadPrincipal(), cluster.getUploadCredentialsId(), cluster.getUploadPath())
                .ifPresent(problems::add);
        allowedUploadPaths(cluster.getAllowedUploadPaths()).ifPresent(problems::add);
        startTimeout(cluster.getStartTimeout()).ifPresent(problems::add);
        value(KubernetesOptions.SUBMIT_RETAIN_SUCCEEDED, cluster.getRetainSucceeded())
                .ifPresent(problems::add);
        value(KubernetesOptions.SUBMIT_RETAIN_FAILED, cluster.getRetainFailed()).ifPresent(problems::add);
        sparkVersion(cluster.getSparkVersion()).ifPresent(problems::add);
        historyServerUrl(cluster.getHistoryServerUrl()).ifPresent(problems::add);
        maxApplications(cluster.getMaxApplications()).ifPresent(problems::add);
        maxApplicationsPerJob(cluster.getMaxApplicationsPerJob()).ifPresent(problems::add);
        problems.addAll(ClusterConf.problems(cluster.getConf()));
        return problems;
    }

    static Optional<String> name(String name) {
        return name == null
                ? Optional.of(Messages.ClusterChecks_NameMissing())
                : problem(!NAME.matcher(name).matches(), Messages.ClusterChecks_Name());
    }

    static Optional<String> apiServerUrl(String url, boolean inCluster) {
        if (url == null) {
            return problem(!inCluster, Messages.ClusterChecks_ApiServerUrlMissing());
        }
        if (isPlainHttp(url) && FIPS140.useCompliantAlgorithms()) {
            return Optional.of(Messages.ClusterChecks_PlainHttpInFips());
        }
        return problem(!isWebAddress(url), Messages.ClusterChecks_ApiServerUrl());
    }

    /** Whether what is sent, credentials included, can be read on the way. */
    static boolean isPlainHttp(String url) {
        return url.toLowerCase(Locale.ROOT).startsWith("http:");
    }

    static Optional<String> historyServerUrl(String url) {
        return problem(url != null && !isWebAddress(url), Messages.ClusterChecks_HistoryServerUrl());
    }

    /** Without user, query and fragment: none of them has a place in these URLs, and the first may be a secret. */
    private static boolean isWebAddress(String url) {
        try {
            URI uri = new URI(url);
            return ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            LOGGER.log(Level.FINE, "No URL: {0}", e.getReason());
            return false;
        }
    }

    static Optional<String> caCertificate(String pem) {
        if (pem == null) {
            return Optional.empty();
        }
        if (PRIVATE_KEY.matcher(pem).find()) {
            return Optional.of(Messages.ClusterChecks_CaCertificateIsKey());
        }
        try {
            boolean empty = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
            return problem(
                    empty || !pem.contains("-----BEGIN CERTIFICATE-----"), Messages.ClusterChecks_CaCertificate());
        } catch (CertificateException e) {
            LOGGER.log(Level.FINE, "No certificate", e);
            return Optional.of(Messages.ClusterChecks_CaCertificate());
        }
    }

    static Optional<String> skipTlsVerify(boolean skip) {
        return problem(skip && FIPS140.useCompliantAlgorithms(), Messages.ClusterChecks_SkipTlsVerifyInFips());
    }

    static Optional<String> identity(String credentialsId, boolean inCluster) {
        return problem(credentialsId != null && inCluster, Messages.ClusterChecks_TwoIdentities());
    }

    static Optional<String> namespace(String namespace) {
        return problem(
                namespace != null && !NAMESPACE.matcher(namespace).matches(), Messages.ClusterChecks_Namespace());
    }

    static Optional<String> allowedNamespaces(String text) {
        return Names.namespaces(text).stream()
                .filter(pattern -> !NAMESPACE_PATTERN.matcher(pattern).matches())
                .findFirst()
                .map(pattern -> Messages.ClusterChecks_NamespacePattern(pattern));
    }

    static Optional<String> uploadPath(String path) {
        if (path == null) {
            return Optional.empty();
        }
        if (ClusterConf.hasPassword(path)) {
            return Optional.of(Messages.ClusterChecks_UploadPathPassword());
        }
        return problem(!ABSOLUTE.matcher(path).matches(), Messages.ClusterChecks_UploadPath());
    }

    static Optional<String> uploadCredential(String credentialsId, String path) {
        if (credentialsId == null) {
            return Optional.empty();
        }
        return path == null
                ? Optional.of(Messages.ClusterChecks_UploadCredentialWithoutPath())
                : problem(UploadCredential.Kind.of(path).isEmpty(), Messages.ClusterChecks_UploadCredentialForPath());
    }

    static Optional<String> uploadPrincipal(String principal, String credentialsId, String path) {
        boolean keytab = credentialsId != null
                && UploadCredential.Kind.of(path)
                        .filter(UploadCredential.Kind.KEYTAB::equals)
                        .isPresent();
        return keytab
                ? problem(
                        principal == null || !PRINCIPAL.matcher(principal).matches(),
                        Messages.ClusterChecks_UploadPrincipal())
                : problem(principal != null, Messages.ClusterChecks_UploadPrincipalWithoutKeytab());
    }

    /** Without "..", by which a folder would be another one than it seems. */
    static Optional<String> allowedUploadPaths(String text) {
        for (String path : Names.lines(text)) {
            if (ClusterConf.hasPassword(path)) {
                return Optional.of(Messages.ClusterChecks_UploadPathPassword());
            }
            boolean climbs = List.of(path.split("[/\\\\]")).contains("..");
            if (climbs || !ABSOLUTE.matcher(path).matches()) {
                return Optional.of(Messages.ClusterChecks_AllowedUploadPath(path));
            }
        }
        return Optional.empty();
    }

    static Optional<String> maxApplications(Integer most) {
        return problem(most != null && most < 0, Messages.ClusterChecks_MaxApplications());
    }

    /** 0 would let no job run anything, for which the cluster has a limit of its own. */
    static Optional<String> maxApplicationsPerJob(Integer most) {
        return problem(most != null && most < 1, Messages.ClusterChecks_MaxApplicationsPerJob());
    }

    static Optional<String> startTimeout(String timeout) {
        return value(KubernetesOptions.SUBMIT_START_TIMEOUT, timeout);
    }

    private static Optional<String> value(ConfigOption<?> option, String value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            SparkConf.empty().with(option.key(), value).get(option);
            return Optional.empty();
        } catch (ConfigurationException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Optional<String> sparkVersion(String version) {
        if (version == null) {
            return Optional.empty();
        }
        try {
            SparkVersion.parse(version);
            return Optional.empty();
        } catch (ConfigurationException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Optional<String> problem(boolean wrong, String text) {
        return wrong ? Optional.of(text) : Optional.empty();
    }
}
