package io.jenkins.plugins.sparkk8s.jenkins.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hudson.model.Item;
import io.jenkins.plugins.sparkk8s.jenkins.inventory.ApplicationIndex;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.wait.OtherBuild.Waiting;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.Authentication;

/** Which applications a build finds by their ids, and what it does not learn of others. */
class ApplicationLookupTest extends OtherBuildCase {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark-00000000000000000000000000000000",
                "spark-%00",
                "../../secrets",
                "spark-0000\u001b[31m\r\n[spark] forged",
                "x"
            })
    void whatIsNoApplicationOfThisJenkinsIsUnknown(String id) {
        Waiting waiting = other.waitFor(id);

        assertThat(failure(waiting.end))
                .hasMessageStartingWith("Jenkins has no application '")
                .hasMessageContaining("Check the id")
                .message()
                .hasSizeLessThan(700)
                .doesNotContain("\n", "\r", "\u001b");
    }

    /** Whether it exists is not to be learned from the answer. */
    @Test
    void anApplicationOfAnotherJobIsAsUnknownAsOneThatDoesNotExist() {
        ApplicationRecord record = deploy();
        controller.run.job.acl = allowing(Item.READ);
        String none = "spark-00000000000000000000000000000000";

        for (OtherBuild build :
                new OtherBuild[] {build("foreign"), build("foreign").as(new Authentication() {})}) {
            String refused = failure(build.waitFor(id(record)).end).getMessage();
            assertThat(refused)
                    .isEqualTo(failure(build.waitFor(none).end).getMessage().replace(none, id(record)));
            assertThat(build.log()).isEmpty();
            assertThat(build.boxes()).isEmpty();
        }
        assertThat(failure(build("foreign").as(USER).waitFor(new WaitArguments(id(record), null, null, true)).end))
                .hasMessageContaining("may stop");
    }

    @Test
    void refusesNoIdWithTheRemedy() {
        assertThat(failure(other.waitFor((String) null).end)).hasMessageContaining("application is missing");
    }

    @Test
    void entriesOfEndedApplicationsFollowMovesAndGoAfterAWeek() throws Exception {
        ApplicationRecord record = deploy();
        controller.driverEnds(0);
        await().until(record::isDone);
        Path file = home.resolve("spark-ended-applications").resolve(id(record) + ".xml");
        await().until(() -> Files.exists(file));
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("job#1");

        controller.runtime().onLocationChanged(null, "job", "folder/moved");

        assertThat(controller.context().index().builds(id(record))).containsExactly("folder/moved#1");
        Clock nextWeek = Clock.offset(Clock.systemUTC(), ApplicationIndex.KEPT.plusHours(1));
        new ApplicationIndex(controller.context().open(), nextWeek).removeDue();
        assertThat(file).doesNotExist();
    }

    /** The job is there, the build is not. */
    @Test
    void aMissingRecordIsReportedAtOnce() {
        ApplicationRecord record = deploy();
        controller.items.put("job", other.getParent());

        assertThatThrownBy(() -> other.waitFor(id(record)).end.join())
                .cause()
                .hasMessageContaining("the build job#1, which submitted it, was deleted");
    }
}
