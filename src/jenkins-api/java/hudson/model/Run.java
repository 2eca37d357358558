package hudson.model;

import hudson.EnvVars;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import jenkins.model.Jenkins;

public abstract class Run<JobT extends Job<JobT, RunT>, RunT extends Run<JobT, RunT>> extends Actionable
        implements AccessControlled, PersistenceRoot {
    public static final XStream2 XSTREAM2 = new XStream2();

    public JobT getParent() {
        throw new UnsupportedOperationException("needs Jenkins");
    }

    public int getNumber() {
        return 1;
    }

    public String getUrl() {
        return "job/x/1/";
    }

    public String getFullDisplayName() {
        return getDisplayName();
    }

    @Override
    public String getDisplayName() {
        return "#" + getNumber();
    }

    public String getExternalizableId() {
        return getParent().getFullName() + "#" + getNumber();
    }

    public static Run<?, ?> fromExternalizableId(String id) {
        return Jenkins.get().build(id);
    }

    public RunT getPreviousBuild() {
        return null;
    }

    public boolean isBuilding() {
        return true;
    }

    @Override
    public File getRootDir() {
        throw new UnsupportedOperationException("needs Jenkins");
    }

    public InputStream getLogInputStream() throws IOException {
        return InputStream.nullInputStream();
    }

    public EnvVars getEnvironment(TaskListener listener) throws IOException, InterruptedException {
        return new EnvVars();
    }

    @Override
    public ACL getACL() {
        throw new UnsupportedOperationException("needs Jenkins");
    }

    @Override
    public void save() throws IOException {}
}
