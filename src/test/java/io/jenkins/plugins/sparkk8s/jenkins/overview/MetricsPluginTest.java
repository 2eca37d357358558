package io.jenkins.plugins.sparkk8s.jenkins.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import hudson.Plugin;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.LifecycleCase;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import java.io.File;
import jenkins.metrics.api.Metrics;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.Authentication;

/** What the metrics plugin shows of the applications of a controller. */
class MetricsPluginTest extends LifecycleCase {
    private void install() {
        Plugin plugin = new Metrics();
        Jenkins.set(
                new Jenkins(new ACL() {
                    @Override
                    public boolean hasPermission2(Authentication authentication, Permission permission) {
                        return true;
                    }
                }) {
                    @Override
                    public File getRootDir() {
                        return home.toFile();
                    }

                    @Override
                    public Plugin getPlugin(String name) {
                        return name.equals("metrics") ? plugin : null;
                    }
                });
        controller.runtime().startMetrics();
    }

    private static Object gauge(String name) {
        MetricRegistry registry = Metrics.metricRegistry();
        return ((Gauge<?>) registry.getMetrics().get(name)).getValue();
    }

    @Test
    void showsHowManyRunAndWait() {
        install();
        controller.limit(1);
        controller.application(named("first"), "first").start().awaitDriver();
        Application second = controller.application(named("second"), "second").start();
        await().until(() -> second.record().isQueued());

        assertThat(gauge("sparkk8s.applications.running")).isEqualTo(1L);
        assertThat(gauge("sparkk8s.applications.queued")).isEqualTo(1L);
        assertThat(gauge("sparkk8s.clusters.test.running")).isEqualTo(1L);
        assertThat(gauge("sparkk8s.clusters.test.queued")).isEqualTo(1L);
        assertThat(gauge("sparkk8s.clusters.test.api-errors.unreachable")).isEqualTo(0L);
    }

    @Test
    void countsHowTheyEnded() {
        install();
        Application application = controller.application(step()).start();
        controller.driverRuns();
        controller.driverEnds(3);
        failure(application);
        SparkK8sSubmitStep wrong = step();
        wrong.setConf("spark.executor.instances=many");
        failure(controller.application(wrong, "wrong").start());

        assertThat(gauge("sparkk8s.applications.failed.application")).isEqualTo(1L);
        assertThat(gauge("sparkk8s.applications.not-submitted")).isEqualTo(1L);
        assertThat(gauge("sparkk8s.applications.succeeded")).isEqualTo(0L);
        Timer duration = (Timer) Metrics.metricRegistry().getMetrics().get("sparkk8s.applications.duration");
        assertThat(duration.getCount()).isEqualTo(2);
    }

    @Test
    void followsTheConfiguredClusters() {
        install();

        controller.changeCluster("my.other", null);

        assertThat(Metrics.metricRegistry().getMetrics())
                .containsKey("sparkk8s.clusters.my_other.running")
                .doesNotContainKey("sparkk8s.clusters.test.running");
    }

    @Test
    void theNextControllerOfTheProcessTakesThemOver() {
        install();

        controller.restart();
        controller.runtime().startMetrics();
        controller.runtime().startMetrics();

        assertThat(gauge("sparkk8s.applications.running")).isEqualTo(0L);
    }

    @Test
    void isNotMissedWhereItIsNotInstalled() {
        assertThatCode(() -> {
                    controller.runtime().startMetrics();
                    controller.limit(1);
                })
                .doesNotThrowAnyException();
    }
}
