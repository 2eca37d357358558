package jenkins.model;

import hudson.Plugin;
import hudson.ProxyConfiguration;
import hudson.model.AbstractModelObject;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Label;
import hudson.model.Node;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import java.io.File;
import java.io.IOException;

public class Jenkins extends AbstractModelObject implements AccessControlled, ItemGroup<Item> {
    public static final Permission ADMINISTER = new Permission("Administer");
    public static final Permission MANAGE = new Permission("Manage");
    public static final Permission SYSTEM_READ = new Permission("SystemRead");
    public static final Permission READ = new Permission("Read");

    private static Jenkins instance;

    /** For tests: who may do what. */
    private final ACL acl;

    /** For tests: becomes the one Jenkins. */
    public Jenkins(ACL acl) {
        this.acl = acl;
    }

    /** For tests. */
    public static void set(Jenkins jenkins) {
        instance = jenkins;
    }

    public static Jenkins get() {
        if (instance == null) {
            throw new IllegalStateException("Jenkins.instance is missing");
        }
        return instance;
    }

    @Override
    public ACL getACL() {
        return acl;
    }

    @Override
    public String getDisplayName() {
        return "Jenkins";
    }

    @Override
    public String getFullName() {
        return "";
    }

    @Override
    public Item getItem(String name) {
        return null;
    }

    @Override
    public File getRootDir() {
        throw new UnsupportedOperationException("needs Jenkins");
    }

    public Item getItemByFullName(String fullName) {
        return null;
    }

    public boolean isUseSecurity() {
        return true;
    }

    public Node getNode(String name) {
        return null;
    }

    public Plugin getPlugin(String shortName) {
        return null;
    }

    /** For tests: the build with an externalizable id; null for one that is not there. */
    public Run<?, ?> build(String id) {
        int hash = id.lastIndexOf('#');
        return hash > 0 && getItemByFullName(id.substring(0, hash)) instanceof Job<?, ?> job
                ? job.getBuildByNumber(Integer.parseInt(id.substring(hash + 1)))
                : null;
    }

    public Label getLabel(String expr) {
        return null;
    }

    public ProxyConfiguration getProxy() {
        return null;
    }

    public String getRootUrl() {
        return null;
    }

    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        throw new UnsupportedOperationException("needs Jenkins");
    }

    @Override
    public void save() throws IOException {}
}
