package io.jenkins.plugins.sparkk8s.jenkins.controller;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.jvnet.hudson.test.JenkinsRule;

/** Has a Jenkins whose only cluster is a {@link TestCluster}. */
abstract class ClusterCase {
    final TestCluster cluster = new TestCluster();
    JenkinsRule jenkins;

    @BeforeEach
    final void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        cluster.configure();
    }

    @AfterEach
    final void stop() {
        cluster.close();
    }
}
