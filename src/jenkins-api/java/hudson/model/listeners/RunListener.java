package hudson.model.listeners;

import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.model.TaskListener;

public abstract class RunListener<R extends Run<?, ?>> implements ExtensionPoint {
    public void onCompleted(R run, TaskListener listener) {}

    public void onFinalized(R run) {}

    public void onDeleted(R run) {}
}
