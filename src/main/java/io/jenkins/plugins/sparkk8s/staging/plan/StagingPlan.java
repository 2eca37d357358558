package io.jenkins.plugins.sparkk8s.staging.plan;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.application.MainResource.PythonFile;
import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.staging.files.LocalFiles;
import io.jenkins.plugins.sparkk8s.staging.files.PackedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which files of an application must be uploaded, and where to ({@code KubernetesUtils.uploadFileUri} of Spark).
 *
 * <p>A file's folder is named after its content, or, in Spark's own layout, after the application's identity: a repeat
 * writes to the same place, and a clean-up finds what an application has by its name.
 */
public final class StagingPlan {
    private static final Logger LOGGER = Logger.getLogger(StagingPlan.class.getName());

    /** A relative path would depend on where the submitting process runs. */
    private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+:)?/");

    private final List<StagedFile> files;
    private final String root;
    private final String applicationId;
    private final SparkConf conf;
    private final SecretMask mask;

    private StagingPlan(String root, List<StagedFile> files, String applicationId, SparkConf conf, SecretMask mask) {
        this.root = root;
        this.files = List.copyOf(files);
        this.applicationId = applicationId;
        this.conf = conf;
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
            return new StagingPlan("", List.of(), identity.applicationId(), application.conf(), mask);
        }
        Problems problems = new Problems();
        locals.forEach(uri -> problems.collect(() -> requireReadable(uri, environment)));
        String root = problems.collect(
                        () -> uploadPath(application.conf(), locals.iterator().next()))
                .orElse("");
        problems.throwIfAny();
        Set<String> pythonOnly = pythonOnly(application);
        List<StagedFile> files = new ArrayList<>();
        for (ResourceUri uri : locals) {
            String name = problems.collect(() -> pythonOnly.contains(uri.location())
                            ? Wheels.nameOnThePythonPath(uri.fileName())
                            : uri.fileName())
                    .orElse("");
            String directory = root + "/" + UploadNames.own(identity.applicationId(), files.size() + 1);
            files.add(StagedFile.of(uri, directory, name));
        }
        problems.throwIfAny();
        return new StagingPlan(root, files, identity.applicationId(), application.conf(), mask);
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

    /** Locations that are on the Python path and in no other list. */
    private static Set<String> pythonOnly(SparkApplication application) {
        Set<String> locations = application.conf().get(CoreOptions.PY_FILES).stream()
                .map(entry -> ResourceUri.of(entry).location())
                .collect(Collectors.toSet());
        CoreOptions.FILE_LISTS.stream()
                .filter(option -> !option.equals(CoreOptions.PY_FILES))
                .flatMap(option -> application.conf().get(option).stream())
                .forEach(entry -> locations.remove(ResourceUri.of(entry).location()));
        return locations;
    }

    private static void requireReadable(ResourceUri uri, SubmitterEnvironment environment) {
        Path path = uri.localPath();
        environment.requireAllowed("The application", path);
        BasicFileAttributes found = attributes(path);
        if (found == null) {
            throw new ConfigurationException(
                    ("The file %s does not exist. Correct the path, or write local://%s if it is in the container"
                                    + " image.")
                            .formatted(path, path));
        }
        requireFileOrFolder(path, found);
        if (!Files.isReadable(path)) {
            throw new ConfigurationException("The file %s cannot be read. Check its permissions.".formatted(path));
        }
        if (found.isDirectory()) {
            requireAllowedBelow(path, environment);
        }
    }

    /** Null when there is no such file. */
    private static BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "No attributes of " + path);
            return null;
        }
    }

    private static void requireFileOrFolder(Path path, BasicFileAttributes found) {
        if (found == null || !found.isRegularFile() && !found.isDirectory()) {
            throw new ConfigurationException(
                    "%s is neither a file nor a folder and cannot be uploaded.".formatted(path));
        }
    }

    /** A folder is uploaded with what its links lead to. */
    private static void requireAllowedBelow(Path folder, SubmitterEnvironment environment) {
        try {
            LocalFiles.visit(folder, path -> {
                environment.requireAllowed("The application", path);
                requireFileOrFolder(path, attributes(path));
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

    /** The same, in which these paths stand for archives of folders that are made while they are sent. */
    public StagingPlan withPacked(Map<Path, PackedFolder> packed) {
        if (packed.isEmpty()) {
            return this;
        }
        List<StagedFile> all = files.stream()
                .map(file -> packed.containsKey(file.source()) ? file.withPacked(packed.get(file.source())) : file)
                .toList();
        return new StagingPlan(root, all, applicationId, conf, mask);
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }

    /**
     * What is under the upload path for this application alone, known before anything is uploaded, so that it can be noted
     * down: its marker, whose removal gives the application's files free, or the directories of its files.
     */
    public List<String> directories() {
        if (isEmpty()) {
            return List.of();
        }
        return isShared()
                ? List.of(marker())
                : files.stream().map(StagedFile::directory).toList();
    }

    /** Whether files go to folders named after their content. */
    public boolean isShared() {
        return conf.get(KubernetesOptions.SUBMIT_UPLOADS).equals("content");
    }

    /**
     * An error when two entries would have the same name in the working directory, which all lists share.
     *
     * @param different whether two locations of local files are known to hold different things
     */
    public Optional<String> nameTwice(BiPredicate<String, String> different) {
        if (conf.get("spark.files.overwrite").filter(Boolean::parseBoolean).isPresent()) {
            return Optional.empty();
        }
        Map<String, String> names =
                files.stream().collect(Collectors.toMap(file -> file.local().location(), StagedFile::name));
        Map<String, Entry> byName = new HashMap<>();
        for (ConfigOption<List<String>> option : CoreOptions.FILE_LISTS) {
            for (String text : conf.get(option)) {
                ResourceUri uri = ResourceUri.of(text);
                String name = uri.fragmentName().orElseGet(() -> names.getOrDefault(uri.location(), uri.fileName()));
                Entry entry = new Entry(option.key(), uri.location());
                Entry other = byName.putIfAbsent(name, entry);
                if (other != null && different.test(other.location(), entry.location())) {
                    return Optional.of(
                            "%s and %s are different files that would both be %s for the application (%s). Rename one of them."
                                    .formatted(other.location(), entry.location(), name, keys(other, entry)));
                }
            }
        }
        return Optional.empty();
    }

    /** One of a list. */
    private record Entry(String key, String location) {}

    private static String keys(Entry one, Entry other) {
        return one.key().equals(other.key()) ? one.key() : one.key() + ", " + other.key();
    }

    /** Where the application's marker is written. */
    public String marker() {
        return root + "/" + UploadNames.marker(applicationId);
    }

    /**
     * @param folders names of those that the application uses, as {@link UploadMarker#folders}
     * @param complete whether all has been uploaded
     */
    public UploadMarker markerOf(Map<String, Instant> folders, boolean complete) {
        return UploadMarker.of(applicationId, conf, folders, complete);
    }

    /** The upload path as the user wrote it. */
    public String root() {
        return root;
    }

    /** What must not be in an error about the upload. */
    public SecretMask mask() {
        return mask;
    }

    public List<StagedFile> files() {
        return files;
    }
}
