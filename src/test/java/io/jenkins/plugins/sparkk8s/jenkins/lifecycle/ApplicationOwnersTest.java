package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A record has one owner at a time. */
class ApplicationOwnersTest extends LifecycleCase {
    /** The search may give a record an owner in the moment of a kill. */
    @Test
    void aKillWorksThroughTheOwnerOrBecomesIt() {
        ApplicationOwners owners = new ApplicationOwners();
        ApplicationLifecycle first = new ApplicationLifecycle(new NoBuild(controller.run), "a", controller.context());
        ApplicationLifecycle second = new ApplicationLifecycle(new NoBuild(controller.run), "a", controller.context());

        assertThat(owners.lifecycle("a", () -> first)).isSameAs(first);
        assertThat(owners.claim("a", second)).isFalse();
        assertThat(owners.lifecycle("a", () -> second)).isSameAs(first);
    }
}
