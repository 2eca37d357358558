package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.MainResource.PythonFile;
import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which files of an application must be uploaded, and where to ({@code KubernetesUtils.uploadFileUri} of Spark).
 *
 * <p>Directory names come from the application's identity: a repeat writes to the same place, and whoever cleans up
 * finds all directories of an application by their name.
 */
public final class StagingPlan {
    /** A relative path would depend on where the submitting process runs. */
    private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+:)?/");

    private final List<StagedFile> files;
    private final String root;
    private final SecretMask mask;

    private StagingPlan(String root, List<StagedFile> files, SecretMask mask) {
        this.root = root;
        this.files = List.copyOf(files);
        this.mask = mask;
    }

    /**
     * Plans the upload; looks at the local files, but touches nothing.
     *
     * @throws ConfigurationException when a file is missing, or cannot or may not be read, or there is no upload path
     */
    public static StagingPlan of(
            SparkApplication application, ApplicationIdentity identity, SubmitterEnvironment environment) {
        SecretMask mask = SecretMask.of(application.conf());
        return mask.guard(() -> plan(application, identity, environment, mask));
    }

    private static StagingPlan plan(
            SparkApplication application,
            ApplicationIdentity identity,
            SubmitterEnvironment environment,
            SecretMask mask) {
        Set<ResourceUri> locals = localFiles(application);
        if (locals.isEmpty()) {
            return new StagingPlan("", List.of(), mask);
        }
        Problems problems = new Problems();
        locals.forEach(uri -> problems.collect(() -> requireReadable(uri, environment)));
        String root = problems.collect(
                        () -> uploadPath(application.conf(), locals.iterator().next()))
                .orElse("");
        problems.throwIfAny();
        List<StagedFile> files = new ArrayList<>();
        String prefix = root + "/spark-upload-" + identity.applicationId().replaceFirst("^spark-", "") + "-";
        locals.forEach(uri -> files.add(new StagedFile(uri, prefix + (files.size() + 1))));
        return new StagingPlan(root, files, mask);
    }

    /**
     * The application's local files as if they had been uploaded to where they are: enough to make the driver's objects for
     * a check, before anything is uploaded.
     */
    public static StagedArtifacts inPlace(SparkApplication application) {
        return new StagedArtifacts(
                localFiles(application).stream()
                        .map(ResourceUri::location)
                        .collect(Collectors.toMap(location -> location, location -> location)),
                List.of(),
                0);
    }

    /** In Spark's order, each location once; fragments do not make a difference. */
    private static Set<ResourceUri> localFiles(SparkApplication application) {
        SparkConf conf = application.conf();
        Set<ResourceUri> locals = new LinkedHashSet<>();
        CoreOptions.FILE_LISTS.stream()
                .flatMap(option -> conf.get(option).stream())
                .map(ResourceUri::of)
                .filter(ResourceUri::isSubmitterLocal)
                .forEach(uri -> locals.add(new ResourceUri(uri.location(), null)));
        if (application.mainResource() instanceof PythonFile python
                && python.file().isSubmitterLocal()) {
            locals.add(new ResourceUri(python.file().location(), null));
        }
        return locals;
    }

    private static void requireReadable(ResourceUri uri, SubmitterEnvironment environment) {
        Path path = uri.localPath();
        environment.requireAllowed("The application", path);
        if (!Files.exists(path)) {
            throw new ConfigurationException(
                    ("The file %s does not exist. Correct the path, or write local://%s if it is in the container"
                                    + " image.")
                            .formatted(path, path));
        }
        requireFileOrFolder(path);
        if (!Files.isReadable(path)) {
            throw new ConfigurationException("The file %s cannot be read. Check its permissions.".formatted(path));
        }
        if (Files.isDirectory(path)) {
            requireAllowedBelow(path, environment);
        }
    }

    private static void requireFileOrFolder(Path path) {
        if (!Files.isRegularFile(path) && !Files.isDirectory(path)) {
            throw new ConfigurationException(
                    "%s is neither a file nor a folder and cannot be uploaded.".formatted(path));
        }
    }

    /** A folder is uploaded with what its links lead to. */
    private static void requireAllowedBelow(Path folder, SubmitterEnvironment environment) {
        try {
            LocalFiles.visit(folder, path -> {
                environment.requireAllowed("The application", path);
                requireFileOrFolder(path);
            });
        } catch (IOException e) {
            throw new ConfigurationException("The folder %s cannot be read: %s".formatted(folder, e.getMessage()));
        }
    }

    private static String uploadPath(SparkConf conf, ResourceUri needing) {
        String root = conf.find(KubernetesOptions.FILE_UPLOAD_PATH)
                .map(String::trim)
                .filter(path -> !path.isEmpty())
                .orElseThrow(() -> new ConfigurationException(
                        "%s is a local file and must be uploaded, but %s is not set. Set it to a folder that the driver can read, such as hdfs://namenode/user/spark/uploads."
                                .formatted(needing.localPath(), KubernetesOptions.FILE_UPLOAD_PATH.key())));
        if (!ABSOLUTE.matcher(root).lookingAt()) {
            throw new ConfigurationException(
                    "The value '%s' of %s is not valid. It must be a URI with an absolute path, or an absolute path."
                            .formatted(root, KubernetesOptions.FILE_UPLOAD_PATH.key()));
        }
        return root;
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** The directories that uploading makes, in order; known before, so that they can be noted down for removal. */
    public List<String> directories() {
        return files.stream().map(StagedFile::directory).toList();
    }

    /** The upload path as the user wrote it. */
    String root() {
        return root;
    }

    /** What must not be in an error about the upload. */
    SecretMask mask() {
        return mask;
    }

    List<StagedFile> files() {
        return files;
    }
}
