package io.jenkins.plugins.sparkk8s.jenkins.wait;

import static org.awaitility.Awaitility.await;

import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleCase;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.core.Authentication;

/** Has a build that asks for applications which another step, or another build, has submitted. */
abstract class OtherBuildCase extends LifecycleCase {
    static final Authentication USER = new Authentication() {};

    @TempDir
    Path folders;

    OtherBuild other;

    @BeforeEach
    final void createBuild() {
        controller.items.put("job", controller.run.job);
        other = build("job");
    }

    final OtherBuild build(String job) {
        return build(job, job);
    }

    /** One more build, with a folder of its own. */
    final OtherBuild build(String job, String folder) {
        return OtherBuild.of(controller, job, folders.resolve(folder));
    }

    /** An application that its own build does not wait for, and that runs. */
    final ApplicationRecord deploy() {
        SparkK8sSubmitStep step = step();
        step.setCluster("test");
        step.setWaitForCompletion(false);
        ApplicationRecord record = controller.application(step).start().end.join();
        controller.driverRuns();
        return record;
    }

    static String id(ApplicationRecord record) {
        return record.identity().applicationId();
    }

    static Throwable failure(CompletableFuture<?> end) {
        try {
            end.join();
        } catch (CompletionException e) {
            return e.getCause();
        }
        throw new AssertionError("it succeeded");
    }

    final void awaitWatched(OtherBuild build) {
        await().until(() -> build.log().contains("] ") && build.log().contains(" Running"));
    }

    static ACL allowing(Permission... permissions) {
        return new ACL() {
            @Override
            public boolean hasPermission2(Authentication authentication, Permission permission) {
                return authentication == USER && Set.of(permissions).contains(permission);
            }
        };
    }
}
