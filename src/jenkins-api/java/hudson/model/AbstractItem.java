package hudson.model;

import hudson.security.ACL;
import java.io.File;
import java.io.IOException;

public abstract class AbstractItem extends Actionable implements Item {
    @Override
    public String getDisplayName() {
        return getName();
    }

    @Override
    public File getRootDir() {
        throw new UnsupportedOperationException("needs Jenkins");
    }

    @Override
    public final String getFullName() {
        String parent = getParent().getFullName();
        return parent.isEmpty() ? getName() : parent + "/" + getName();
    }

    public final String getUrl() {
        return "job/" + getName() + "/";
    }

    @Override
    public ACL getACL() {
        throw new UnsupportedOperationException("needs Jenkins");
    }

    @Override
    public void save() throws IOException {}
}
