package io.jenkins.plugins.sparkk8s.jenkins.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleCase;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.runtime.SparkOverviewAction;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.RequestMatch;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** What an administrator can read of all applications of a controller. */
class SparkOverviewTest extends LifecycleCase {
    private SparkOverview overview() {
        return new SparkOverviewAction().getFrom(0);
    }

    /** From now on the builds are found, and the user has these permissions. */
    private void userWith(boolean seesBuilds, Permission... permissions) {
        Set<Permission> granted = Set.of(permissions);
        Jenkins.set(
                new Jenkins(new ACL() {
                    @Override
                    public boolean hasPermission2(Authentication authentication, Permission permission) {
                        return granted.contains(permission);
                    }
                }) {
                    @Override
                    public File getRootDir() {
                        return home.toFile();
                    }

                    @Override
                    public Run<?, ?> build(String id) {
                        return seesBuilds ? controller.run : null;
                    }
                });
    }

    @Test
    void isForThoseWhoMaySeeTheConfiguration() {
        SparkOverviewAction action = new SparkOverviewAction();
        userWith(true, Jenkins.READ);
        assertThatThrownBy(action::getTarget).isInstanceOf(AccessDeniedException.class);

        userWith(true, Jenkins.SYSTEM_READ);
        assertThat(action.getTarget()).isSameAs(action);
        userWith(true, Jenkins.MANAGE);
        assertThat(action.getTarget()).isSameAs(action);
    }

    @Test
    void saysWhatRunsWhereForWhichBuild() {
        controller.limit(1);
        Application first =
                controller.application(named("first"), "first").start().awaitDriver();
        Application second = controller.application(named("second"), "second").start();
        await().until(() -> second.record().queuePlace() != null);
        userWith(true, Jenkins.SYSTEM_READ);

        SparkOverview overview = overview();

        assertThat(overview.getRunning()).singleElement().satisfies(one -> {
            assertThat(one.getBuild()).isEqualTo("job#1");
            assertThat(one.getUrl()).isEqualTo("job/x/1/");
            assertThat(one.getCluster()).isEqualTo("test");
            assertThat(one.getApplication().getDriverPod())
                    .isEqualTo(first.record().handle().driverPodName());
        });
        assertThat(overview.getQueued()).singleElement().satisfies(one -> {
            assertThat(one.getApplication().getName()).isEqualTo("second");
            assertThat(one.getApplication().getQueue().getPosition()).isEqualTo(1);
        });
        assertThat(overview.getClusters()).singleElement().satisfies(cluster -> {
            assertThat(cluster.getRunning()).isEqualTo(1);
            assertThat(cluster.getQueued()).isEqualTo(1);
            assertThat(cluster.getMaxApplications()).isEqualTo(1);
        });
        assertThat(overview.getNote()).isNull();
    }

    @Test
    void hidesBuildsThatTheUserMayNotSee() {
        controller.application(named("first"), "first").start().awaitDriver();
        userWith(false, Jenkins.SYSTEM_READ);

        assertThat(overview().getRunning()).singleElement().satisfies(one -> {
            assertThat(one.getCluster()).isEqualTo("test");
            assertThat(one.getBuild()).isNull();
            assertThat(one.getUrl()).isNull();
            assertThat(one.getApplication()).isNull();
            assertThat(one.getUploads()).isEmpty();
        });
    }

    @Test
    void listsWhatIsLeftToBeCleanedUp() {
        Application application = controller.application(step()).start();
        controller.awaitDriver();
        controller.server.faults().answer(100, RequestMatch.of("delete", "pods"), 403);
        application.lifecycle.abort(new InterruptedException("aborted by a user"));
        failure(application);
        userWith(true, Jenkins.SYSTEM_READ);

        assertThat(overview().getUnattended()).singleElement().satisfies(one -> {
            assertThat(one.isLeftOnCluster()).isTrue();
            assertThat(one.getApplication().getResult()).isEqualTo("ABORTED");
        });
        assertThat(overview().getClusters().get(0).getApiErrors().get("refused"))
                .isPositive();
        assertThat(overview().getEnded()).containsEntry("aborted", 1L);
    }

    @Test
    void listsDriverPodsThatAreRemovedLater() {
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.driverEnds(0);
        application.end.join();

        assertThat(overview().getDriversToRemove()).singleElement().satisfies(driver -> {
            assertThat(driver.getPod()).isEqualTo(application.record().handle().driverPodName());
            assertThat(driver.getRemoveAt()).isGreaterThan(System.currentTimeMillis());
        });
        assertThat(overview().getEnded()).containsEntry("succeeded", 1L);
        assertThat(overview().getEndedMillis()).isPositive();
        assertThat(overview().getRunning()).isEmpty();
    }

    @Test
    void showsLongListsInParts() {
        controller.limit(0);
        List<Application> all = new ArrayList<>();
        for (int i = 0; i < SparkOverview.MOST + 20; i++) {
            SparkK8sSubmitStep step = named("app" + i);
            all.add(controller.application(step, "id" + i).start());
        }
        await().until(() -> controller.context().queue().counts().queued() == all.size());

        assertThat(overview().getQueued()).hasSize(SparkOverview.MOST);
        assertThat(overview().getQueuedTotal()).isEqualTo(SparkOverview.MOST + 20);
        assertThat(overview().getNote()).contains("spark-applications/from/100/api/json");
        assertThat(new SparkOverviewAction().getFrom(SparkOverview.MOST).getQueued())
                .hasSize(20);
        assertThat(new SparkOverviewAction().getFrom(-1).getQueued()).hasSize(SparkOverview.MOST);
    }
}
