package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.Util;
import io.jenkins.plugins.sparkk8s.jenkins.model.DriverResources;
import io.jenkins.plugins.sparkk8s.jenkins.model.DynamicAllocation;
import io.jenkins.plugins.sparkk8s.jenkins.model.ExecutorResources;
import io.jenkins.plugins.sparkk8s.jenkins.model.SparkVolume;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What a step says of where an application runs and how its pods are made: the cluster, and what stands in the place of the cluster's
 * defaults.
 *
 * <p>Each argument is a field, a getter and a setter, since data binding asks for that; the forms and help files are those of the steps.
 * What is not set is null and not stored.
 */
public abstract class ClusterStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private String cluster;
    private String namespace;
    private String uploadPath;
    private String image;
    private String serviceAccount;
    private String driverPodTemplate;
    private String executorPodTemplate;
    private String sparkVersion;
    private String startTimeout;
    private String retainSucceeded;
    private String retainFailed;
    private boolean restricted;
    private DriverResources driver;
    private ExecutorResources executor;
    private DynamicAllocation dynamicAllocation;
    private List<SparkVolume> volumes;

    ClusterStep() {}

    /** Name of a configured cluster; null when there is only one. */
    public String getCluster() {
        return cluster;
    }

    @DataBoundSetter
    public void setCluster(String cluster) {
        this.cluster = Util.fixEmptyAndTrim(cluster);
    }

    /** Namespace of the driver and its executors; null for the cluster's. */
    public String getNamespace() {
        return namespace;
    }

    @DataBoundSetter
    public void setNamespace(String namespace) {
        this.namespace = Util.fixEmptyAndTrim(namespace);
    }

    /** Where workspace files are uploaded to; null for the cluster's. */
    public String getUploadPath() {
        return uploadPath;
    }

    @DataBoundSetter
    public void setUploadPath(String uploadPath) {
        this.uploadPath = Util.fixEmptyAndTrim(uploadPath);
    }

    /** Container image; null for the cluster's. */
    public String getImage() {
        return image;
    }

    @DataBoundSetter
    public void setImage(String image) {
        this.image = Util.fixEmptyAndTrim(image);
    }

    /** Service account of the driver; null for the cluster's. */
    public String getServiceAccount() {
        return serviceAccount;
    }

    @DataBoundSetter
    public void setServiceAccount(String serviceAccount) {
        this.serviceAccount = Util.fixEmptyAndTrim(serviceAccount);
    }

    /** Workspace file with a pod template for the driver. */
    public String getDriverPodTemplate() {
        return driverPodTemplate;
    }

    @DataBoundSetter
    public void setDriverPodTemplate(String driverPodTemplate) {
        this.driverPodTemplate = Util.fixEmptyAndTrim(driverPodTemplate);
    }

    /** Workspace file with a pod template for the executors. */
    public String getExecutorPodTemplate() {
        return executorPodTemplate;
    }

    @DataBoundSetter
    public void setExecutorPodTemplate(String executorPodTemplate) {
        this.executorPodTemplate = Util.fixEmptyAndTrim(executorPodTemplate);
    }

    /** Version of Spark in the image, such as 4.2 or 3.5.6; null for the cluster's. */
    public String getSparkVersion() {
        return sparkVersion;
    }

    @DataBoundSetter
    public void setSparkVersion(String sparkVersion) {
        this.sparkVersion = Util.fixEmptyAndTrim(sparkVersion);
    }

    /** How long the driver may take to start, such as {@code 10m}; null for the cluster's. */
    public String getStartTimeout() {
        return startTimeout;
    }

    @DataBoundSetter
    public void setStartTimeout(String startTimeout) {
        this.startTimeout = Util.fixEmptyAndTrim(startTimeout);
    }

    /** How long the driver pod of an application that succeeded is kept; null for the cluster's. */
    public String getRetainSucceeded() {
        return retainSucceeded;
    }

    @DataBoundSetter
    public void setRetainSucceeded(String retainSucceeded) {
        this.retainSucceeded = Util.fixEmptyAndTrim(retainSucceeded);
    }

    /** How long the driver pod of an application that failed is kept; null for the cluster's. */
    public String getRetainFailed() {
        return retainFailed;
    }

    @DataBoundSetter
    public void setRetainFailed(String retainFailed) {
        this.retainFailed = Util.fixEmptyAndTrim(retainFailed);
    }

    /** Whether the pods conform to the Pod Security level {@code restricted}; false for what the cluster says. */
    public boolean isRestricted() {
        return restricted;
    }

    @DataBoundSetter
    public void setRestricted(boolean restricted) {
        this.restricted = restricted;
    }

    /** What the driver gets; null for Spark's defaults. */
    public DriverResources getDriver() {
        return driver;
    }

    @DataBoundSetter
    public void setDriver(DriverResources driver) {
        this.driver = driver == null || driver.isEmpty() ? null : driver;
    }

    /** What the executors get; null for Spark's defaults. */
    public ExecutorResources getExecutor() {
        return executor;
    }

    @DataBoundSetter
    public void setExecutor(ExecutorResources executor) {
        this.executor = executor == null || executor.isEmpty() ? null : executor;
    }

    /** Not null lets Spark choose the number of executors. */
    public DynamicAllocation getDynamicAllocation() {
        return dynamicAllocation;
    }

    @DataBoundSetter
    public void setDynamicAllocation(DynamicAllocation dynamicAllocation) {
        this.dynamicAllocation = dynamicAllocation;
    }

    /** Volumes of the driver and the executors. Never null. */
    public List<SparkVolume> getVolumes() {
        return volumes == null ? List.of() : volumes;
    }

    @DataBoundSetter
    public void setVolumes(List<SparkVolume> volumes) {
        this.volumes = volumes == null || volumes.isEmpty() ? null : new ArrayList<>(volumes);
    }
}
