package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.EnvVars;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.XmlFile;
import hudson.console.ConsoleNote;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.Permission;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.jenkins.build.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnections;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.step.StepArguments;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuth;
import org.jenkinsci.plugins.kubernetes.auth.KubernetesAuthConfig;
import org.springframework.security.core.Authentication;

/** A controller with one job and one build, before an API server whose pods do what the test says; it can be restarted. */
final class TestController implements AutoCloseable {
    private static final String CLUSTER = "test";

    final KubernetesApiServer server = KubernetesApiServer.builder().start();
    final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
    final TestRun run = new TestRun();
    private final Path home;
    private SparkRuntime runtime;
    private volatile boolean buildEnded;
    private volatile FilePath workspace;
    private final AtomicInteger stoppedWrites = new AtomicInteger();
    private volatile AtomicReference<CountDownLatch> logGate = new AtomicReference<>(new CountDownLatch(0));

    TestController(Path home) {
        this.home = home;
        Jenkins.set(new HomeJenkins());
        CredentialsProvider.put(CLUSTER, new TokenCredential(server.adminToken()));
        boot();
        SparkCluster cluster = new SparkCluster(CLUSTER, server.url());
        cluster.setCaCertificate(server.caCertificatePem());
        cluster.setCredentialsId(CLUSTER);
        cluster.setImage("spark:4.1.1");
        cluster.setHistoryServerUrl("https://history.example.com");
        SparkClusters clusters = new SparkClusters();
        singleton(SparkClusters.class, clusters);
        clusters.setClusters(List.of(cluster));
    }

    private void boot() {
        runtime = singleton(SparkRuntime.class, new SparkRuntime());
        singleton(ClusterConnections.class, new ClusterConnections());
    }

    private static <T> T singleton(Class<T> type, T extension) {
        ExtensionList.lookup(type).clear();
        ExtensionList.lookup(type).add(extension);
        return extension;
    }

    SparkRuntime runtime() {
        return runtime;
    }

    /** Jenkins looks once for applications that no build waits for, and this returns when that has led to all it can. */
    void lookForApplications() {
        new DetachedApplications().doRun();
        await().until(() -> runtime.threads().isCleanedUp());
    }

    /** The files that a crash leaves of the applications that are not done. */
    String openApplications() {
        File[] files = home.resolve("spark-applications").toFile().listFiles();
        StringBuilder all = new StringBuilder();
        for (File file : files == null ? new File[0] : files) {
            try {
                all.append(file.getName()).append(Files.readString(file.toPath(), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toString();
    }

    /** What the next controller would read beside the build. */
    List<ApplicationRecord> savedRecords() {
        List<ApplicationRecord> records = new ArrayList<>();
        for (File file : run.getRootDir().listFiles((folder, name) -> name.endsWith(".record.xml"))) {
            try {
                records.add((ApplicationRecord) new XmlFile(file).read());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return records;
    }

    /** The controller goes down in order, and another comes up on the same home. */
    void restart() {
        runtime.onBeforeShutdown();
        boot();
    }

    /** An administrator renames the cluster, or lets other jobs use it; null for all jobs. */
    void changeCluster(String name, String folders) {
        SparkCluster cluster = new SparkCluster(name, server.url());
        cluster.setCaCertificate(server.caCertificatePem());
        cluster.setCredentialsId(CLUSTER);
        cluster.setImage("spark:4.1.1");
        cluster.setFolders(folders);
        SparkClusters.get().setClusters(List.of(cluster));
    }

    /** An administrator sets upload path and credential of the cluster. */
    void uploadTo(String path, String credentialsId) {
        SparkCluster cluster = SparkClusters.get().getClusters().get(0);
        cluster.setUploadPath(path);
        cluster.setUploadCredentialsId(credentialsId);
        SparkClusters.get().setClusters(List.of(cluster));
    }

    /** A second cluster. */
    void addCluster(String name, KubernetesApiServer other) {
        CredentialsProvider.put(name, new TokenCredential(other.adminToken()));
        SparkCluster cluster = new SparkCluster(name, other.url());
        cluster.setCaCertificate(other.caCertificatePem());
        cluster.setCredentialsId(name);
        cluster.setImage("spark:4.1.1");
        List<SparkCluster> all = new ArrayList<>(SparkClusters.get().getClusters());
        all.add(cluster);
        SparkClusters.get().setClusters(all);
    }

    /** Applications that are made from now on have this workspace; null for none. */
    void workspace(FilePath path) {
        workspace = path;
    }

    /** Applications that are made from now on write to the log through this gate, which stops them while it is closed. */
    void logGate(AtomicReference<CountDownLatch> gate) {
        logGate = gate;
    }

    /** How many writes have been stopped by a gate. */
    int stoppedWrites() {
        return stoppedWrites.get();
    }

    /** The build ends, whatever its application does. */
    void endBuild() {
        buildEnded = true;
        new EndedBuilds().onFinalized(run);
    }

    /** The job's one application, as the step would begin or resume it. */
    Application application(SparkK8sSubmitStep step) {
        return application(step, "id");
    }

    /** One of more applications of the build. */
    Application application(SparkK8sSubmitStep step, String id) {
        return new Application(step, id);
    }

    /** As a reader of the plain console sees it. */
    String log() {
        try {
            return ConsoleNote.removeNotes(Files.readString(logFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path logFile() {
        return home.resolve("log");
    }

    /** Files that a next controller would resume from. */
    List<File> checkpoints() {
        return List.of(home.toFile().listFiles((folder, name) -> name.endsWith(".checkpoint")));
    }

    List<Pod> drivers() {
        return client.pods()
                .inNamespace("default")
                .withLabel("spark-role", "driver")
                .list()
                .getItems();
    }

    List<ConfigMap> configMapsOfDrivers() {
        return client.configMaps().inNamespace("default").list().getItems().stream()
                .filter(map -> map.getMetadata().getName().startsWith("spark-drv-"))
                .toList();
    }

    /** As when the submission had ended before they got their owner. */
    void disownConfigMaps() {
        configMapsOfDrivers()
                .forEach(map -> client.resource(map)
                        .edit(owned -> new ConfigMapBuilder(owned)
                                .editMetadata()
                                .withOwnerReferences(List.of())
                                .endMetadata()
                                .build()));
    }

    Pod awaitDriver() {
        await().until(() -> drivers().size() == 1);
        return drivers().get(0);
    }

    void awaitLog(String text) {
        await().until(() -> log().contains(text));
    }

    void driverRuns() {
        status("Running", running());
    }

    void driverEnds(int exitCode) {
        status(exitCode == 0 ? "Succeeded" : "Failed", terminated(exitCode));
    }

    private static ContainerStateBuilder running() {
        return new ContainerStateBuilder()
                .withNewRunning()
                .withStartedAt(Instant.now().toString())
                .endRunning();
    }

    private static ContainerStateBuilder terminated(int exitCode) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withStartedAt(Instant.now().toString())
                .withFinishedAt(Instant.now().toString())
                .endTerminated();
    }

    void status(String phase, ContainerStateBuilder state) {
        status(awaitDriver().getMetadata().getName(), phase, state);
    }

    private void status(String driver, String phase, ContainerStateBuilder state) {
        client.pods()
                .inNamespace("default")
                .withName(driver)
                .editStatus(pod -> new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase(phase)
                        .addNewContainerStatus()
                        .withName("spark-kubernetes-driver")
                        .withImage("spark")
                        .withImageID("")
                        .withReady(false)
                        .withRestartCount(0)
                        .withState(state.build())
                        .endContainerStatus()
                        .endStatus()
                        .build());
    }

    @Override
    public void close() {
        runtime.onBeforeShutdown();
        CredentialsProvider.put(CLUSTER, null);
        List.of(SparkRuntime.class, ClusterConnections.class, SparkClusters.class)
                .forEach(type -> ExtensionList.lookup(type).clear());
        Jenkins.set(null);
        client.close();
        server.close();
    }

    /** One application, followed over restarts by its id. */
    final class Application implements ApplicationCallback {
        private final SparkK8sSubmitStep step;
        private final String id;
        CompletableFuture<ApplicationRecord> end = new CompletableFuture<>();
        ApplicationLifecycle lifecycle;

        private Application(SparkK8sSubmitStep step, String id) {
            this.step = step;
            this.id = id;
        }

        Application start() {
            lifecycle = lifecycle();
            lifecycle.start();
            return this;
        }

        Application resume() {
            end = new CompletableFuture<>();
            lifecycle = lifecycle();
            lifecycle.resume();
            return this;
        }

        private ApplicationLifecycle lifecycle() {
            return new ApplicationLifecycle(new Context(step), id, this, runtime);
        }

        /** The same application, whose driver was created and nothing after it. */
        ApplicationRecord interruptedRecord() {
            ApplicationRecord full = record();
            ApplicationRecord interrupted =
                    SparkApplicationsAction.of(run).begin("again", CLUSTER, full.identity(), Instant.now());
            interrupted.creating(full.handle(), full.dependants(), full.monitorConf(), false);
            interrupted.created(full.handle(), true);
            return interrupted;
        }

        /** Its driver pod exists. */
        Application awaitDriver() {
            await().until(() -> SparkApplicationsAction.find(run, id)
                    .map(ApplicationRecord::hasDriver)
                    .orElse(false));
            return this;
        }

        /** Whether its driver pod is gone, or about to. */
        boolean isStopped() {
            Pod driver = client.pods()
                    .inNamespace("default")
                    .withName(record().handle().driverPodName())
                    .get();
            return driver == null || driver.getMetadata().getDeletionTimestamp() != null;
        }

        void driverEnds() {
            String driver = record().handle().driverPodName();
            status(driver, "Running", running());
            status(driver, "Succeeded", terminated(0));
        }

        ApplicationRecord record() {
            return SparkApplicationsAction.of(run).find(id).orElseThrow();
        }

        @Override
        public void ended(ApplicationRecord application) {
            end.complete(application);
        }

        @Override
        public void failed(Throwable cause) {
            end.completeExceptionally(cause);
        }
    }

    private final class Context implements BuildContext {
        private final SparkK8sSubmitStep step;

        private final FilePath workspace = TestController.this.workspace;
        private final AtomicReference<CountDownLatch> logGate = TestController.this.logGate;

        Context(SparkK8sSubmitStep step) {
            this.step = step;
        }

        @Override
        public SubmissionArguments arguments() {
            return new StepArguments(step, environment());
        }

        @Override
        public Run<?, ?> run() throws IOException {
            requireRunning();
            return run;
        }

        private void requireRunning() throws IOException {
            if (buildEnded) {
                throw new IOException("the build has ended");
            }
        }

        @Override
        public TaskListener listener() throws IOException {
            requireRunning();
            OutputStream file = Files.newOutputStream(logFile(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            PrintStream stream = new PrintStream(new GatedStream(file, logGate), true, StandardCharsets.UTF_8);
            return () -> stream;
        }

        @Override
        public EnvVars environment() {
            return new EnvVars();
        }

        @Override
        public FilePath workspace() {
            return workspace;
        }

        @Override
        public void saveState() {
            // There is no Pipeline to be saved.
        }
    }

    /** A log on a disk that does not answer while the gate is closed. */
    private final class GatedStream extends FilterOutputStream {
        private final AtomicReference<CountDownLatch> gate;

        GatedStream(OutputStream out, AtomicReference<CountDownLatch> gate) {
            super(out);
            this.gate = gate;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (gate.get().getCount() > 0) {
                stoppedWrites.incrementAndGet();
            }
            try {
                gate.get().await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            out.write(bytes, from, length);
        }
    }

    private final class HomeJenkins extends Jenkins {
        HomeJenkins() {
            super(new Everything());
        }

        @Override
        public File getRootDir() {
            return home.toFile();
        }
    }

    private static final class Everything extends ACL {
        @Override
        public boolean hasPermission2(Authentication authentication, Permission permission) {
            return true;
        }
    }

    private record TokenCredential(String token) implements StandardCredentials, KubernetesAuth {
        @Override
        public String getId() {
            return CLUSTER;
        }

        @Override
        public String getDescription() {
            return CLUSTER;
        }

        @Override
        public ConfigBuilder decorate(ConfigBuilder builder, KubernetesAuthConfig config) {
            return builder.withOauthToken(token);
        }
    }

    static final class TestJob extends Job<TestJob, TestRun> {
        @Override
        public String getName() {
            return "job";
        }

        @Override
        public ItemGroup<? extends Item> getParent() {
            return Jenkins.get();
        }
    }

    final class TestRun extends Run<TestJob, TestRun> {
        @Override
        public TestJob getParent() {
            return new TestJob();
        }

        @Override
        public File getRootDir() {
            return home.toFile();
        }

        @Override
        public void addAction(hudson.model.Action action) {
            super.addAction(action);
            ((SparkApplicationsAction) action).onAttached(this);
        }
    }
}
