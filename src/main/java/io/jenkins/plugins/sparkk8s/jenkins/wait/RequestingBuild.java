package io.jenkins.plugins.sparkk8s.jenkins.wait;

import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import org.springframework.security.core.Authentication;

/**
 * A running build that asks for an application that another step, or another build, has submitted. Asked each time, since after
 * a restart all of it is new.
 */
public interface RequestingBuild {
    Run<?, ?> run() throws IOException, InterruptedException;

    TaskListener listener() throws IOException, InterruptedException;

    /** As whom the build runs, by what Jenkins' access control for builds says. */
    Authentication authentication() throws IOException, InterruptedException;
}
