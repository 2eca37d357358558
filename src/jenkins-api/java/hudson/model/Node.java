package hudson.model;

import hudson.FilePath;

public abstract class Node extends AbstractModelObject {
    public abstract String getNodeName();

    public FilePath createPath(String absolutePath) {
        return null;
    }

    public FilePath getRootPath() {
        return null;
    }
}
