package hudson.model;

import hudson.XmlFile;
import hudson.model.listeners.SaveableListener;
import java.io.File;
import java.io.Serializable;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

public abstract class Descriptor<T extends Describable<T>> implements Saveable {
    protected Descriptor() {}

    protected Descriptor(Class<? extends T> clazz) {}

    public String getDisplayName() {
        return getClass().getSimpleName();
    }

    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        return true;
    }

    @SuppressWarnings("unchecked")
    public T newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
        return (T) req.bindJSON(getClass().getEnclosingClass(), formData);
    }

    @Override
    public void save() {
        SaveableListener.fireOnChange(this, null);
    }

    public void load() {}

    protected XmlFile getConfigFile() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), getClass().getName() + ".xml"));
    }

    public static final class FormException extends Exception implements Serializable {
        public FormException(String message, String formField) {
            super(message);
        }
    }
}
