package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a controller and a real API server, where the test plays the kubelet. */
public abstract class LifecycleCase {
    @TempDir
    public Path home;

    public TestController controller;

    @BeforeEach
    public void start() {
        controller = new TestController(home);
    }

    @AfterEach
    public void stop() throws IOException {
        controller.close();
    }

    public static SparkK8sSubmitStep step() {
        SparkK8sSubmitStep step = new SparkK8sSubmitStep();
        step.setApplication("local:///opt/app.jar");
        step.setMainClass("com.acme.Report");
        step.setFollowDriverLog("none");
        return step;
    }

    public static Throwable failure(Application application) {
        try {
            application.end.join();
        } catch (CompletionException e) {
            return e.getCause();
        }
        throw new AssertionError("the application succeeded");
    }

    public static SparkK8sSubmitStep named(String name) {
        SparkK8sSubmitStep step = step();
        step.setName(name);
        return step;
    }
}
