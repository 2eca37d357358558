package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares an answer with its request. The controller creates the objects and later removes the directories with its own
 * permissions, so an agent must not be able to add others.
 */
record AnswerCheck(SubmissionRequest request) {
    /** What begins the names of labels that the controller sets. */
    private static final String OWN_LABELS = "sparkk8s.jenkins.io/";

    /** @throws UntrustedAnswerException when something was not asked for */
    PreparedSubmission verified(PreparedSubmission prepared) {
        DriverSpec spec = prepared.preview();
        if (spec.pod().getMetadata() == null || spec.namespace() == null) {
            throw new UntrustedAnswerException("a pod without a namespace");
        }
        requireNamespace(spec.namespace());
        Stream.concat(Stream.of(spec.pod()), spec.dependants().stream()).forEach(object -> verify(object, spec));
        verifyOwnLabels(spec.pod());
        prepared.uploadDirectories().forEach(this::verifyDirectory);
        return prepared;
    }

    /** Whatever replaces or removes a driver later identifies its job by these. */
    private void verifyOwnLabels(Pod driver) {
        Map<String, String> labels = driver.getMetadata().getLabels();
        request.conf().forEach((key, value) -> {
            String label = key.substring(Math.min(key.length(), Constants.DRIVER_LABEL_PREFIX.length()));
            boolean own = key.startsWith(Constants.DRIVER_LABEL_PREFIX) && label.startsWith(OWN_LABELS);
            if (own && !value.equals(labels.get(label))) {
                throw new UntrustedAnswerException("a driver pod without the label %s=%s".formatted(label, value));
            }
        });
    }

    /** Only a properties file can name a namespace that the controller has not seen. */
    private void requireNamespace(String namespace) {
        Map<String, String> known = new TreeMap<>(request.defaults());
        known.putAll(request.conf());
        known.putAll(request.secrets());
        boolean open = request.files().propertiesFile() != null
                && !request.conf().containsKey(KubernetesOptions.NAMESPACE.key());
        String expected = SparkConf.of(known).get(KubernetesOptions.NAMESPACE);
        if (!open && !expected.equals(namespace)) {
            throw new UntrustedAnswerException("objects for the namespace " + namespace);
        }
    }

    private void verify(HasMetadata object, DriverSpec spec) {
        String kind = object.getKind();
        String apiVersion = new ObjectReference(kind, null, null).apiVersion();
        if (!object.getClass().getSimpleName().equals(kind) || !apiVersion.equals(object.getApiVersion())) {
            throw new UntrustedAnswerException("an object of kind " + kind);
        }
        if (object.getMetadata() == null) {
            throw new UntrustedAnswerException("a %s without a name".formatted(kind));
        }
        if (!spec.namespace().equals(object.getMetadata().getNamespace())) {
            throw new UntrustedAnswerException("a %s for another namespace".formatted(kind));
        }
        Map<String, String> labels = object.getMetadata().getLabels();
        String application = request.identity().applicationId();
        if (labels == null || !application.equals(labels.get(Constants.OWN_APPLICATION_LABEL))) {
            throw new UntrustedAnswerException("a %s of another application".formatted(kind));
        }
        if (object instanceof Pod && !application.equals(labels.get(Constants.SPARK_APP_ID_LABEL))) {
            throw new UntrustedAnswerException("a pod of another application");
        }
        if (object instanceof Secret secret && secret.getType() != null && !"Opaque".equals(secret.getType())) {
            throw new UntrustedAnswerException("a Secret of type " + secret.getType());
        }
    }

    private void verifyDirectory(String directory) {
        int slash = directory.lastIndexOf('/');
        if (slash < 1
                || !UploadDirectories.isOf(request.identity().applicationId(), directory)
                || !mayUploadTo(directory.substring(0, slash))) {
            throw new UntrustedAnswerException("the upload directory " + directory);
        }
    }

    private boolean mayUploadTo(String root) {
        try {
            request.uploadPolicy().requireUploadPath(root);
            return true;
        } catch (ConfigurationException e) {
            return false;
        }
    }
}
