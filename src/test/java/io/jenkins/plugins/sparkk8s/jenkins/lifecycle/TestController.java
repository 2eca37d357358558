package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.awaitility.Awaitility.await;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.Item;
import hudson.model.Node;
import hudson.model.listeners.SaveableListener;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.jenkins.plugins.sparkk8s.conf.DriverLogMode;
import io.jenkins.plugins.sparkk8s.jenkins.build.SparkApplicationsAction;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.ClusterConnections;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.ChangedClusters;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.DetachedApplications;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.EndedBuilds;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.SparkRuntime;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.submission.BuildContext;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import jenkins.model.Jenkins;

/** A controller with one job and one build, before an API server whose pods do what the test says; it can be restarted. */
public final class TestController implements AutoCloseable {
    private static final String CLUSTER = "test";

    public final KubernetesApiServer server = KubernetesApiServer.builder().start();
    public final KubernetesClient client =
            new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
    public final TestRun run;
    private final DriverPods pods = new DriverPods(client);
    private final TestHome home;
    /** What Jenkins finds by full names; nothing at first. */
    public final Map<String, Item> items;

    private SparkRuntime runtime;
    private volatile FilePath workspace;
    private volatile LogGate logGate = LogGate.open();

    TestController(Path folder) {
        home = new TestHome(folder);
        items = home.items();
        run = new TestRun(folder);
        Jenkins.set(home.jenkins(this::node));
        CredentialsProvider.put(CLUSTER, new TokenCredential(CLUSTER, server.adminToken()));
        boot();
        SparkCluster cluster = cluster(CLUSTER, server, CLUSTER);
        cluster.setHistoryServerUrl("https://history.example.com");
        SparkClusters clusters = new SparkClusters();
        singleton(SparkClusters.class, clusters);
        clusters.setClusters(List.of(cluster));
    }

    private static SparkCluster cluster(String name, KubernetesApiServer server, String credentialsId) {
        SparkCluster cluster = new SparkCluster(name, server.url());
        cluster.setCaCertificate(server.caCertificatePem());
        cluster.setCredentialsId(credentialsId);
        cluster.setImage("spark:4.1.1");
        return cluster;
    }

    private void boot() {
        runtime = singleton(SparkRuntime.class, new SparkRuntime());
        singleton(ClusterConnections.class, new ClusterConnections());
        singleton(SaveableListener.class, new ChangedClusters());
    }

    private static <T> T singleton(Class<T> type, T extension) {
        ExtensionList.lookup(type).clear();
        ExtensionList.lookup(type).add(extension);
        return extension;
    }

    public LifecycleContext context() {
        return runtime.context();
    }

    public SparkRuntime runtime() {
        return runtime;
    }

    /** Jenkins looks once for applications that no build waits for, and this returns when that has led to all it can. */
    public void lookForApplications() {
        new DetachedApplications().doRun();
        await().until(() -> context().threads().isCleanedUp());
    }

    /** As {@link TestHome#openApplications}. */
    public String openApplications() {
        return home.openApplications();
    }

    /** As {@link TestHome#savedRecords}. */
    public List<ApplicationRecord> savedRecords() {
        return home.savedRecords();
    }

    /** The controller goes down in order, and another comes up on the same home. */
    public void restart() {
        runtime.onBeforeShutdown();
        boot();
    }

    /** An administrator renames the cluster, or lets other jobs use it; null for all jobs. */
    public void changeCluster(String name, String folders) {
        SparkCluster cluster = cluster(name, server, CLUSTER);
        cluster.setFolders(folders);
        SparkClusters.get().setClusters(List.of(cluster));
    }

    /** An administrator sets upload path and credential of the cluster. */
    public void uploadTo(String path, String credentialsId) {
        SparkCluster cluster = SparkClusters.get().getClusters().get(0);
        cluster.setUploadPath(path);
        cluster.setUploadCredentialsId(credentialsId);
        SparkClusters.get().setClusters(List.of(cluster));
    }

    /** An administrator sets properties for all jobs. */
    void conf(String text) {
        SparkCluster cluster = SparkClusters.get().getClusters().get(0);
        cluster.setConf(text);
        SparkClusters.get().setClusters(List.of(cluster));
    }

    /** An administrator saves how many applications may run; null for no limit. */
    public void limit(Integer maxApplications) {
        SparkCluster cluster = SparkClusters.get().getClusters().get(0);
        cluster.setMaxApplications(maxApplications);
        SparkClusters.get().setClusters(List.of(cluster));
    }

    /** An administrator saves how many applications of one job may run; null for no limit. */
    void limitOfJobs(Integer maxApplicationsPerJob) {
        SparkCluster cluster = SparkClusters.get().getClusters().get(0);
        cluster.setMaxApplicationsPerJob(maxApplicationsPerJob);
        SparkClusters.get().setClusters(List.of(cluster));
    }

    /** A second cluster. */
    public void addCluster(String name, KubernetesApiServer other) {
        CredentialsProvider.put(name, new TokenCredential(name, other.adminToken()));
        List<SparkCluster> all = new ArrayList<>(SparkClusters.get().getClusters());
        all.add(cluster(name, other, name));
        SparkClusters.get().setClusters(all);
    }

    /** The agent with the workspace. */
    private Node node(String name) {
        FilePath path = workspace;
        return path != null
                        && path.toComputer() != null
                        && path.toComputer().getName().equals(name)
                ? new AgentNode(path)
                : null;
    }

    /** Applications that are made from now on have this workspace; null for none. */
    public void workspace(FilePath path) {
        workspace = path;
    }

    /** Applications that are made from now on write to the log through this gate, which stops them while it is closed. */
    public void logGate(AtomicReference<CountDownLatch> gate) {
        logGate = new LogGate(gate, logGate.stopped());
    }

    /** How many writes have been stopped by gates. */
    public int stoppedWrites() {
        return logGate.stopped().get();
    }

    /** The build ends, whatever its application does. */
    public void endBuild() {
        run.end();
        new EndedBuilds().onFinalized(run);
    }

    /** The job's one application, as the step would begin or resume it. */
    public Application application(SparkK8sSubmitStep step) {
        return application(step, "id");
    }

    /** One of more applications of the build. */
    public Application application(SparkK8sSubmitStep step, String id) {
        return new Application(step, id);
    }

    /** As {@link TestHome#log}. */
    public String log() {
        return home.log();
    }

    /** As {@link TestHome#checkpoints}. */
    public List<File> checkpoints() {
        return home.checkpoints();
    }

    public List<Pod> drivers() {
        return pods.all();
    }

    public List<ConfigMap> configMapsOfDrivers() {
        return pods.configMaps();
    }

    /** As {@link DriverPods#disownConfigMaps}. */
    public void disownConfigMaps() {
        pods.disownConfigMaps();
    }

    public Pod awaitDriver() {
        return pods.awaitOne();
    }

    private String driverName() {
        return awaitDriver().getMetadata().getName();
    }

    public void awaitLog(String text) {
        await().until(() -> log().contains(text));
    }

    public void driverRuns() {
        pods.runs(driverName());
    }

    public void driverEnds(int exitCode) {
        pods.ends(driverName(), exitCode);
    }

    public void status(String phase, ContainerStateBuilder state) {
        pods.status(driverName(), phase, state);
    }

    @Override
    public void close() {
        runtime.onBeforeShutdown();
        CredentialsProvider.put(CLUSTER, null);
        List.of(SparkRuntime.class, ClusterConnections.class, SparkClusters.class, SaveableListener.class)
                .forEach(type -> ExtensionList.lookup(type).clear());
        Jenkins.set(null);
        client.close();
        server.close();
    }

    /** One application, followed over restarts by its id. */
    public final class Application implements ApplicationCallback {
        private final SparkK8sSubmitStep step;
        private final String id;
        public CompletableFuture<ApplicationRecord> end = new CompletableFuture<>();
        public ApplicationLifecycle lifecycle;

        private Application(SparkK8sSubmitStep step, String id) {
            this.step = step;
            this.id = id;
        }

        public Application start() {
            lifecycle = lifecycle();
            lifecycle.start();
            return this;
        }

        public Application resume() {
            end = new CompletableFuture<>();
            lifecycle = lifecycle();
            lifecycle.resume();
            return this;
        }

        private ApplicationLifecycle lifecycle() {
            BuildContext build = new TestBuildContext(step, run, home, workspace, logGate);
            return new ApplicationLifecycle(build, id, this, context());
        }

        /** The same application, whose driver was created and nothing after it. */
        public ApplicationRecord interruptedRecord() {
            ApplicationRecord full = record();
            ApplicationRecord interrupted =
                    SparkApplicationsAction.of(run).begin("again", CLUSTER, full.identity(), Instant.now());
            interrupted.creating(full.handle(), full.dependants(), full.monitorConf(), DriverLogMode.NONE);
            interrupted.created(full.handle(), true);
            return interrupted;
        }

        /** Its driver pod exists. */
        public Application awaitDriver() {
            await().until(() -> SparkApplicationsAction.find(run, id)
                    .map(ApplicationRecord::hasDriver)
                    .orElse(false));
            return this;
        }

        /** Whether its driver pod is gone, or about to. */
        public boolean isStopped() {
            Pod driver = pods.named(record().handle().driverPodName());
            return driver == null || driver.getMetadata().getDeletionTimestamp() != null;
        }

        public void driverEnds() {
            String driver = record().handle().driverPodName();
            pods.runs(driver);
            pods.ends(driver, 0);
        }

        public ApplicationRecord record() {
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
}
