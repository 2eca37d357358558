package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sparkk8s.jenkins.api.SparkApplicationRun;
import io.jenkins.plugins.sparkk8s.jenkins.api.SparkCost;
import io.jenkins.plugins.sparkk8s.jenkins.lifecycle.TestController.Application;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.staging.WebHdfsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application has used, from the event log on a file system of the cluster's administrator. */
class EventLogFiguresTest extends LifecycleCase {
    private static final String EVENTS = """
            {"Event":"SparkListenerTaskEnd","Stage ID":0,"Task End Reason":{"Reason":"Success"},"Task Info":{"Launch Time":1,"Finish Time":9},"Task Metrics":{"Input Metrics":{"Bytes Read":64}}}
            {"Event":"SparkListenerApplicationEnd","Timestamp":9}
            """;

    private WebHdfsServer hdfs;

    @BeforeEach
    void startStorage() throws IOException {
        hdfs = new WebHdfsServer();
        controller.conf("spark.eventLog.dir=" + hdfs.url() + "/events\nspark.eventLog.enabled=true");
    }

    @AfterEach
    void stopStorage() {
        hdfs.close();
    }

    private ApplicationRecord run(SparkK8sSubmitStep step) {
        Application application = controller.application(step, "id").start().awaitDriver();
        hdfs.put(
                "/events/eventlog_v2_%s/events_1_%1$s"
                        .formatted(application.record().identity().applicationId()),
                EVENTS.getBytes(StandardCharsets.UTF_8));
        application.driverEnds();
        return application.end.join();
    }

    @Test
    void areReadWhenTheApplicationHasEnded() {
        ApplicationRecord record = run(step());

        SparkCost cost = SparkApplicationRun.of(record).getCost();
        assertThat(cost.getSource()).isEqualTo("EVENT_LOG");
        assertThat(cost.getTasks()).isEqualTo(1);
        assertThat(cost.getInputBytes()).isEqualTo(64);
        assertThat(controller.log()).contains("(from the event log)");
    }

    @Test
    void aFolderOfAJobsOwnIsNotRead() {
        SparkK8sSubmitStep step = step();
        step.setConf("spark.eventLog.dir=" + hdfs.url() + "/others");

        assertThat(SparkApplicationRun.of(run(step)).getCost().getTasks()).isNull();
        assertThat(hdfs.reads()).isZero();
    }

    /** A refused connection delays no application, and so each of them tries. */
    @Test
    void aStorageThatFailsFailsNoApplication() {
        hdfs.close();
        Application first =
                controller.application(named("first"), "first").start().awaitDriver();
        first.driverEnds();
        first.end.join();
        Application second =
                controller.application(named("second"), "second").start().awaitDriver();
        second.driverEnds();

        assertThat(SparkApplicationRun.of(second.end.join()).isSuccess()).isTrue();
        assertThat(controller.log())
                .contains(
                        "[spark] The event log could not be read, so that the figures may lack the last seconds: no server answers")
                .contains(
                        "[second] [spark] The event log could not be read, so that the figures may lack the last seconds: no server answers");
    }
}
