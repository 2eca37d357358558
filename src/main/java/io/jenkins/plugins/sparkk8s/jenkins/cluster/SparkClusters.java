package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.AbortException;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.PersistentDescriptor;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sparkk8s.jenkins.stored.StoredXml;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * The Spark clusters of this Jenkins, part of its system configuration. Only administrators see and change them; jobs
 * know their names.
 */
@Symbol("sparkOnKubernetes")
@Extension
@XStreamAlias("sparkClusters")
public final class SparkClusters extends GlobalConfiguration implements PersistentDescriptor {
    private static final StoredXml XML = new StoredXml(SparkClusters.class);

    /** As Jenkins named it after the first package of this class. */
    private static final String FILE = "io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters.xml";

    /** Null until the first save, and in files of versions that did not have it. */
    private volatile List<SparkCluster> clusters;

    /** The one of this Jenkins. */
    public static SparkClusters get() {
        return ExtensionList.lookupSingleton(SparkClusters.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.SparkClusters_DisplayName();
    }

    @Override
    protected XmlFile getConfigFile() {
        return XML.file(new File(Jenkins.get().getRootDir(), FILE));
    }

    /** All of them, in the administrator's order. */
    public List<SparkCluster> getClusters() {
        List<SparkCluster> configured = clusters;
        return configured == null ? List.of() : List.copyOf(configured);
    }

    /**
     * Replaces them and saves.
     *
     * @throws IllegalArgumentException with one sentence for each error; nothing is changed then
     */
    @DataBoundSetter
    public void setClusters(List<SparkCluster> clusters) {
        List<SparkCluster> wanted = clusters == null ? List.of() : clusters;
        List<String> problems = ClusterChecks.problems(wanted);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
        }
        this.clusters = new ArrayList<>(wanted);
        save();
    }

    /** Binds by hand: a list that was emptied in the form is not in the JSON at all. */
    @Override
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        List<SparkCluster> bound = req.bindJSONToList(SparkCluster.class, json.opt("clusters"));
        List<String> problems = ClusterChecks.problems(bound);
        if (!problems.isEmpty()) {
            throw new FormException(String.join(" ", problems), "clusters");
        }
        setClusters(bound);
        return true;
    }

    /**
     * The cluster that a job means.
     *
     * @param name null or empty for the only one that the job may use
     * @param job null when it is not known
     * @throws AbortException when there is none for this job by that name, or the name is missing and there are
     * several; clusters of other folders are not distinguished from those that do not exist
     */
    public SparkCluster resolve(String name, Item job) throws AbortException {
        List<SparkCluster> usable = usable(job);
        if (usable.isEmpty()) {
            throw new AbortException(
                    "There is no Spark cluster that this job may use. An administrator can add one, or let this folder use one, in Manage Jenkins » System » Spark on Kubernetes.");
        }
        String wanted = Util.fixEmptyAndTrim(name);
        if (wanted == null) {
            if (usable.size() > 1) {
                throw new AbortException(
                        "Several Spark clusters can be used. Choose one with 'cluster': %s.".formatted(names(usable)));
            }
            return usable.get(0);
        }
        return usable.stream()
                .filter(cluster -> wanted.equals(cluster.getName()))
                .findFirst()
                .orElseThrow(
                        () -> new AbortException("There is no Spark cluster %s that this job may use. It may use %s."
                                .formatted(wanted, names(usable))));
    }

    /**
     * The cluster that something was submitted to, whichever jobs may use it now: what is there must be watched and
     * removed.
     *
     * @throws AbortException when there is none by that name any more
     */
    public SparkCluster submittedTo(String name) throws AbortException {
        return getClusters().stream()
                .filter(cluster -> cluster.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AbortException(
                        "The Spark cluster %s that the application was submitted to is no longer configured. An administrator can add it again under this name, in Manage Jenkins » System » Spark on Kubernetes."
                                .formatted(name)));
    }

    /**
     * The clusters that a job may choose from, to fill a drop-down list; the caller checks permissions.
     *
     * @param job null when it is not known
     */
    public ListBoxModel fill(Item job) {
        ListBoxModel items = new ListBoxModel();
        usable(job).forEach(cluster -> items.add(cluster.getName()));
        return items;
    }

    private List<SparkCluster> usable(Item job) {
        return getClusters().stream().filter(cluster -> cluster.isFor(job)).toList();
    }

    private static String names(List<SparkCluster> clusters) {
        return clusters.stream().map(SparkCluster::getName).collect(Collectors.joining(", "));
    }
}
