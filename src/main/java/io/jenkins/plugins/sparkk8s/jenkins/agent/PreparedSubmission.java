package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.driver.DriverSpec;
import io.jenkins.plugins.sparkk8s.kubernetes.PodGroup;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.submission.StagedApplication;
import io.jenkins.plugins.sparkk8s.submission.Submission;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was made where the workspace is. It travels as plain text, as the classes of the Kubernetes client may not, and is for
 * use at once: it holds secrets and is never stored.
 */
public final class PreparedSubmission implements Submission.Prepared, Serializable {
    private static final long serialVersionUID = 1L;
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "ConfigMap", ConfigMap.class,
            "NetworkPolicy", NetworkPolicy.class,
            "PersistentVolumeClaim", PersistentVolumeClaim.class,
            "PodGroup", PodGroup.class,
            "Secret", Secret.class,
            "Service", Service.class);

    /** One object as JSON. */
    private record Entry(String kind, String json) implements Serializable {
        static ArrayList<Entry> all(List<HasMetadata> objects) {
            ArrayList<Entry> entries = new ArrayList<>();
            objects.forEach(object -> entries.add(new Entry(object.getKind(), Serialization.asJson(object))));
            return entries;
        }

        HasMetadata object() {
            Class<? extends HasMetadata> type = KINDS.get(kind);
            if (type == null) {
                throw new UntrustedAnswerException("an object of kind " + kind);
            }
            return read(json, type);
        }
    }

    private final String applicationName;
    private final String pod;
    private final ArrayList<Entry> preResources;
    private final ArrayList<Entry> resources;
    private final TreeMap<String, String> properties;
    private final TreeSet<String> secretKeys;
    private final ArrayList<String> warnings;
    private final ArrayList<String> uploadDirectories;
    private final long bytes;
    private final long millis;

    /** Null until the objects have been read. */
    private transient DriverSpec spec;

    private PreparedSubmission(
            String applicationName, DriverSpec spec, StagedArtifacts staged, Duration time, List<String> warnings) {
        this.applicationName = applicationName;
        this.pod = Serialization.asJson(spec.pod());
        this.preResources = Entry.all(spec.preResources());
        this.resources = Entry.all(spec.resources());
        this.properties = new TreeMap<>(spec.properties().toMap());
        this.secretKeys = new TreeSet<>(spec.properties().secretKeys());
        this.warnings = new ArrayList<>(warnings);
        this.uploadDirectories = new ArrayList<>(staged.directories());
        this.bytes = staged.bytes();
        this.millis = time.toMillis();
    }

    static PreparedSubmission of(
            String applicationName, DriverSpec spec, StagedArtifacts staged, Duration time, List<String> warnings) {
        return new PreparedSubmission(applicationName, spec, staged, time, warnings);
    }

    private static <T extends HasMetadata> T read(String json, Class<T> type) {
        try {
            return Serialization.unmarshal(json, type);
        } catch (RuntimeException e) {
            throw new UntrustedAnswerException("an object that is no " + type.getSimpleName());
        }
    }

    /** Name of the application, as the configuration or else its class or file has it. */
    public String applicationName() {
        return applicationName;
    }

    /** The driver's objects. They have been compared with the request. */
    @Override
    public DriverSpec preview() {
        if (spec == null) {
            spec = new DriverSpec(
                    read(pod, Pod.class), conf(), objects(preResources), objects(resources), List.copyOf(warnings));
        }
        return spec;
    }

    /** The same as the answer to {@link WorkspaceSubmission#stage}. */
    public StagedApplication staged() {
        return new StagedApplication(
                preview(), new StagedArtifacts(Map.of(), uploadDirectories(), bytes), Duration.ofMillis(millis));
    }

    private static List<HasMetadata> objects(List<Entry> entries) {
        return entries.stream().map(Entry::object).toList();
    }

    private SparkConf conf() {
        Map<String, String> secrets = new TreeMap<>(properties);
        secrets.keySet().retainAll(secretKeys);
        return SparkConf.of(properties).withSecrets(secrets);
    }

    /**
     * Directories for this application under the upload path: those that were made, after a check those that will be. Empty
     * when nothing needs to be uploaded.
     */
    @Override
    public List<String> uploadDirectories() {
        return List.copyOf(uploadDirectories);
    }

    /** Bytes uploaded. */
    public long bytes() {
        return bytes;
    }

    /** How long uploading took. */
    public Duration time() {
        return Duration.ofMillis(millis);
    }

    /** What the user should know, one sentence each, without secrets. */
    @Override
    public List<String> warnings() {
        return warnings.stream().map(PlainText::line).toList();
    }

    @Override
    public String toString() {
        return "%s with %d bytes uploaded".formatted(applicationName, bytes);
    }
}
