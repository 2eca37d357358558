package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.application.ApplicationRequest;
import io.jenkins.plugins.sparkk8s.application.ApplicationResolver;
import io.jenkins.plugins.sparkk8s.application.MainResource;
import io.jenkins.plugins.sparkk8s.application.PropertiesFile;
import io.jenkins.plugins.sparkk8s.application.RemoteFiles;
import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.application.SparkApplication;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KeyPrefixes;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.conf.Problems;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.staging.ArtifactUploader;
import io.jenkins.plugins.sparkk8s.staging.UploadProgress;
import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.plan.StagedArtifacts;
import io.jenkins.plugins.sparkk8s.submission.PreparedApplication;
import io.jenkins.plugins.sparkk8s.submission.StagedApplication;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One request on its way to the driver's objects, where the files are. Knows nothing of Jenkins; everything that is wrong
 * comes out as an {@link io.jenkins.plugins.sparkk8s.conf.ActionableException}.
 */
final class SubmissionRun {
    /** Made by running the sources; different ones each time. */
    private static final List<String> COMPILED_PYTHON = List.of("**/__pycache__/**", "**/*.pyc");

    private final SubmissionRequest request;
    private final LocalWorkspace workspace;
    private final SubmitterEnvironment environment;
    private final boolean onController;
    private final Clock clock;
    private final List<String> warnings = new ArrayList<>();

    /**
     * @param onController whether this is the controller's JVM: without a workspace, and with one on the built-in node
     * @param clock measures the upload
     */
    SubmissionRun(SubmissionRequest request, LocalWorkspace workspace, boolean onController, Clock clock) {
        this.request = request;
        this.workspace = workspace;
        this.environment = workspace.environment();
        this.onController = onController;
        this.clock = clock;
    }

    /** Finds what is wrong before anything is uploaded. */
    PreparedSubmission check() {
        PreparedApplication prepared = prepare();
        StagedArtifacts planned = new StagedArtifacts(Map.of(), prepared.uploadDirectories(), 0);
        return answer(prepared, new StagedApplication(prepared.preview(), planned, Duration.ZERO));
    }

    /**
     * Uploads what must be uploaded; when that or what follows fails, nothing is left.
     *
     * @param output takes one line of progress at a time
     */
    PreparedSubmission stage(Consumer<String> output) throws InterruptedException {
        PreparedApplication prepared = prepare();
        SparkConf conf = prepared.application().conf();
        SecretMask mask = SecretMask.of(conf);
        Consumer<String> masked = line -> output.accept(mask.mask(line));
        return answer(
                prepared,
                prepared.stage(
                        () -> new ArtifactUploader(hadoop(conf), workspace.digests(), workspace.packed()),
                        new UploadProgress(masked, clock),
                        clock,
                        masked));
    }

    private PreparedApplication prepare() {
        SparkApplication application = application();
        hintAtEnvironments(application.conf());
        return PreparedApplication.prepare(
                application, request.identity(), environment.with(remoteFiles(application.conf())));
    }

    private RemoteFiles remoteFiles(SparkConf conf) {
        return new GuardedRemoteFiles(request.uploadPolicy(), hadoop(conf).remoteFiles());
    }

    private void hintAtEnvironments(SparkConf conf) {
        conf.get(CoreOptions.ARCHIVES).stream()
                .map(ResourceUri::of)
                .filter(uri -> uri.isSubmitterLocal()
                        && workspace.packed().containsKey(uri.localPath())
                        && uri.fileName().endsWith(PackedFolders.ENVIRONMENT))
                .flatMap(uri -> PythonEnvironment.hint(uri.fragmentName().orElse(uri.fileName()), conf).stream())
                .forEach(warnings::add);
    }

    private PreparedSubmission answer(PreparedApplication prepared, StagedApplication staged) {
        SparkApplication application = prepared.application();
        List<String> all = new ArrayList<>(warnings);
        all.replaceAll(SecretMask.of(application.conf())::mask);
        all.addAll(prepared.warnings());
        return PreparedSubmission.of(application.name(), staged.spec(), staged.artifacts(), staged.time(), all);
    }

    private SparkApplication application() {
        Problems problems = new Problems();
        SparkConf conf = problems.collect(() -> conf(problems)).orElse(SparkConf.empty());
        SecretMask mask = SecretMask.of(conf);
        return mask.guard(() -> {
            problems.collect(
                    () -> conf.get(KubernetesOptions.FILE_UPLOAD_PATH.key()).ifPresent(this::requireUploadPath));
            String main = problems.collect(this::mainResource).orElse(null);
            problems.throwIfAny();
            return new ApplicationResolver(
                            environment,
                            new GuardedGlobs(
                                    request.uploadPolicy(),
                                    onController,
                                    pattern -> hadoop(conf).expand(pattern)))
                    .resolve(new ApplicationRequest(main, request.mainClass(), request.arguments(), null, conf));
        });
    }

    private void requireUploadPath(String path) {
        request.uploadPolicy().requireUploadPath(path);
    }

    /** On the controller a job does not even say where a file system is. */
    private HadoopGateway hadoop(SparkConf conf) {
        return request.uploads().gateway(request.defaults(), onController ? SparkConf.empty() : conf);
    }

    private String mainResource() {
        if (request.mainResource() != null) {
            return new FileEntries(environment).one("application", request.mainResource());
        }
        if (request.mainClass() == null) {
            throw new ConfigurationException(
                    "Neither application nor mainClass is given. Set application to a jar, a Python file or an R file, or mainClass alone when the class is in the image.");
        }
        return MainResource.SPARK_INTERNAL;
    }

    private SparkConf conf(Problems problems) {
        Map<String, String> ofJob = new TreeMap<>();
        if (!propertiesFiles().isEmpty()) {
            SubmitterEnvironment reading = environment.with(remoteFiles(withoutFiles()));
            for (String file : propertiesFiles()) {
                problems.collect(() -> ofJob(read(reading, file), "in the properties file " + file))
                        .ifPresent(ofJob::putAll);
            }
        }
        problems.collect(() -> ofJob(request.conf(), "in conf")).ifPresent(ofJob::putAll);
        warnings.addAll(UploadClientSettings.unused(ofJob));
        Map<String, String> properties = new TreeMap<>(request.defaults());
        properties.putAll(ofJob);
        properties.putAll(files(problems));
        Map<String, String> secrets = problems.collect(() -> ofJob(request.secrets(), "in secretConf"))
                .orElse(Map.of());
        return SparkConf.of(properties).withSecrets(secrets);
    }

    /** What is known before properties files have been read. */
    private SparkConf withoutFiles() {
        Map<String, String> properties = new TreeMap<>(request.defaults());
        properties.putAll(request.conf());
        return SparkConf.of(properties).withSecrets(request.secrets());
    }

    private List<String> propertiesFiles() {
        return Stream.ofNullable(request.files().propertiesFile())
                .flatMap(files -> Stream.of(files.split("[,\\r\\n]+")))
                .map(String::strip)
                .filter(file -> !file.isEmpty())
                .toList();
    }

    private static Map<String, String> read(SubmitterEnvironment environment, String propertiesFile) {
        FileEntries entries = new FileEntries(environment);
        return entries.isRemote(propertiesFile)
                ? PropertiesFile.read(environment, "propertiesFile", propertiesFile)
                : PropertiesFile.read(entries.path("propertiesFile", propertiesFile));
    }

    /** Those of a job's entries that are Spark's. */
    private Map<String, String> ofJob(Map<String, String> entries, String source) {
        JobConf.requireAllowed(entries, source, request.defaults());
        Map<String, String> own = new TreeMap<>(entries);
        own.keySet().removeIf(key -> !key.startsWith(KeyPrefixes.SPARK));
        entries.keySet().stream()
                .filter(key -> !own.containsKey(key))
                .map(key -> "%s is set %s, but ignored: the keys of Spark properties start with spark."
                        .formatted(key, source))
                .forEach(warnings::add);
        return own;
    }

    /** What the file arguments mean as properties. */
    private Map<String, String> files(Problems problems) {
        FileArguments files = request.files();
        UnaryOperator<Path> asTheyAre = folder -> folder;
        Map<String, String> properties = new TreeMap<>();
        put(properties, problems, CoreOptions.JARS.key(), "jars", files.jars(), asTheyAre);
        put(properties, problems, CoreOptions.FILES.key(), "files", files.files(), asTheyAre);
        put(
                properties,
                problems,
                CoreOptions.ARCHIVES.key(),
                "archives",
                files.archives(),
                folder -> workspace.folders().archive("archives", folder));
        put(
                properties,
                problems,
                CoreOptions.PY_FILES.key(),
                "pyFiles",
                files.pyFiles(),
                folder -> workspace.folders().zip("pyFiles", folder, COMPILED_PYTHON));
        putPath(
                properties,
                problems,
                KubernetesOptions.DRIVER_POD_TEMPLATE_FILE.key(),
                "driverPodTemplate",
                files.driverPodTemplate());
        putPath(
                properties,
                problems,
                KubernetesOptions.EXECUTOR_POD_TEMPLATE_FILE.key(),
                "executorPodTemplate",
                files.executorPodTemplate());
        return properties;
    }

    private void put(
            Map<String, String> properties,
            Problems problems,
            String key,
            String argument,
            String text,
            UnaryOperator<Path> ofFolder) {
        if (text != null) {
            problems.collect(() -> new FileEntries(environment).list(argument, text, ofFolder))
                    .ifPresent(value -> properties.put(key, value));
        }
    }

    private void putPath(Map<String, String> properties, Problems problems, String key, String argument, String text) {
        if (text != null) {
            FileEntries entries = new FileEntries(environment);
            problems.collect(() -> entries.isRemote(text)
                            ? text.strip()
                            : entries.path(argument, text).toString())
                    .ifPresent(location -> properties.put(key, location));
        }
    }
}
