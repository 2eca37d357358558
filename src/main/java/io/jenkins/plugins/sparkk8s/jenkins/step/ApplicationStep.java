package io.jenkins.plugins.sparkk8s.jenkins.step;

import hudson.Util;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.Step;

/** A step for an application that another step, or another build, has submitted. */
public abstract class ApplicationStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String application;

    /** @param application id of the application */
    ApplicationStep(String application) {
        this.application = Util.fixEmptyAndTrim(application);
    }

    /** Id of the application; null for none. */
    public String getApplication() {
        return application;
    }
}
