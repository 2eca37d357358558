package io.jenkins.plugins.sparkk8s.jenkins.controller;

import io.jenkins.plugins.sparkk8s.jenkins.model.DriverResources;
import io.jenkins.plugins.sparkk8s.jenkins.model.DynamicAllocation;
import io.jenkins.plugins.sparkk8s.jenkins.model.EmptyDirVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.ExecutorResources;
import io.jenkins.plugins.sparkk8s.jenkins.model.HostPathVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.NfsVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.PersistentVolumeClaimVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import java.util.List;

/** Arguments of the step. */
final class Steps {
    /** Of {@link #full}. */
    static final String FULL_SNIPPET = """
            sparkK8sSubmit cluster: 'prod', namespace: 'reports', name: 'daily report', \
            application: 'target/report.jar', mainClass: 'org.example.Report', \
            args: ['--date', 'it\\'s "today"', '''two
            lines''', 'back\\\\slash', '<b>'], \
            archives: 'data#data', \
            conf: '''spark.sql.shuffle.partitions=400
            spark.driver.extraJavaOptions=-Da=b -Dc=\\'d e\\'''', \
            deleteUploads: false, driver: [cores: 2, memory: '2g'], driverPodTemplate: 'driver.yaml', \
            dynamicAllocation: [initialExecutors: 2, maxExecutors: 20, minExecutors: 1], \
            executor: [cores: 4, instances: 3, memory: '8g', memoryOverhead: '1g'], \
            executorPodTemplate: 'executor.yaml', files: 'conf/report.conf', followDriverLog: 'progress', \
            image: 'registry.example.com/report:1', jars: 'lib/*.jar', propertiesFile: 'conf/spark.properties', \
            pyFiles: 'modules', restricted: true, retainFailed: '14d', retainSucceeded: '0', \
            secretConf: [[credentialsId: 's3', key: 'spark.hadoop.fs.s3a.secret.key']], \
            serviceAccount: 'reports', sparkVersion: '4.0', startTimeout: '5m', timeout: '2h', \
            uploadPath: 'hdfs://namenode.example.com/other', \
            volumes: [persistentVolumeClaim(claimName: 'checkpoints', mountOn: 'driver', mountPath: '/checkpoints', \
            name: 'checkpoints', readOnly: true, subPath: 'a/b'), \
            emptyDir(medium: 'Memory', mountPath: '/scratch', name: 'scratch', sizeLimit: '1Gi'), \
            hostPath(mountPath: '/host', name: 'host', path: '/data'), \
            nfs(mountPath: '/share', name: 'share', path: '/exports', server: 'nfs.example.com')], \
            waitForCompletion: false, whenRunning: 'replace'""";

    private Steps() {}

    static SparkK8sSubmitStep simple() {
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();
        step.setCluster("prod");
        step.setApplication("target/report.jar");
        step.setMainClass("org.example.Report");
        return step;
    }

    /** Every argument has a value that is not its default. */
    static SparkK8sSubmitStep full() {
        SparkK8sSubmitStep step = simple();
        step.setNamespace("reports");
        step.setName("daily report");
        step.setArgs(List.of("--date", "it's \"today\"", "two\nlines", "back\\slash", "<b>"));
        step.setJars("lib/*.jar");
        step.setFiles("conf/report.conf");
        step.setArchives("data#data");
        step.setPyFiles("modules");
        step.setPropertiesFile("conf/spark.properties");
        step.setUploadPath("hdfs://namenode.example.com/other");
        step.setImage("registry.example.com/report:1");
        step.setServiceAccount("reports");
        step.setDriverPodTemplate("driver.yaml");
        step.setExecutorPodTemplate("executor.yaml");
        step.setSparkVersion("4.0");
        step.setStartTimeout("5m");
        step.setTimeout("2h");
        step.setRetainSucceeded("0");
        step.setRetainFailed("14d");
        step.setRestricted(true);
        step.setDriver(driver());
        step.setExecutor(executor());
        step.setDynamicAllocation(dynamicAllocation());
        step.setVolumes(List.of(claim(), emptyDir(), new HostPathVolume("host", "/host", "/data"), nfs()));
        step.setSecretConf(List.of(new SecretConf("spark.hadoop.fs.s3a.secret.key", "s3")));
        step.setConf("spark.sql.shuffle.partitions=400\nspark.driver.extraJavaOptions=-Da=b -Dc='d e'");
        step.setWaitForCompletion(false);
        step.setFollowDriverLog("progress");
        step.setDeleteUploads(false);
        step.setWhenRunning("replace");
        return step;
    }

    private static DriverResources driver() {
        DriverResources driver = new DriverResources();
        driver.setCores("2");
        driver.setMemory("2g");
        return driver;
    }

    private static ExecutorResources executor() {
        ExecutorResources executor = new ExecutorResources();
        executor.setInstances("3");
        executor.setCores("4");
        executor.setMemory("8g");
        executor.setMemoryOverhead("1g");
        return executor;
    }

    private static DynamicAllocation dynamicAllocation() {
        DynamicAllocation allocation = new DynamicAllocation();
        allocation.setMinExecutors("1");
        allocation.setMaxExecutors("20");
        allocation.setInitialExecutors("2");
        return allocation;
    }

    private static PersistentVolumeClaimVolume claim() {
        PersistentVolumeClaimVolume claim =
                new PersistentVolumeClaimVolume("checkpoints", "/checkpoints", "checkpoints");
        claim.setReadOnly(true);
        claim.setSubPath("a/b");
        claim.setMountOn("driver");
        return claim;
    }

    private static EmptyDirVolume emptyDir() {
        EmptyDirVolume scratch = new EmptyDirVolume("scratch", "/scratch");
        scratch.setMedium("Memory");
        scratch.setSizeLimit("1Gi");
        return scratch;
    }

    private static NfsVolume nfs() {
        return new NfsVolume("share", "/share", "nfs.example.com", "/exports");
    }
}
