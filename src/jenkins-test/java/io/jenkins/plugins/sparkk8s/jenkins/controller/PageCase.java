package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import java.net.URL;
import jenkins.model.Jenkins;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Reads pages as they are served, without their scripts. */
abstract class PageCase extends ClusterCase {
    /** May read the one job, after {@link #showOnlyToReader}. */
    static final String READER = "reader";

    /** May read no job. */
    static final String STRANGER = "stranger";

    /**
     * @param user null for an anonymous one
     * @param path below Jenkins' own URL
     */
    final WebResponse get(String user, String path) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false);
            if (user != null) {
                browser.withBasicApiToken(user);
            }
            // A page that is not there would lead on to one that is.
            return browser.loadWebResponse(new WebRequest(new URL(jenkins.getURL(), path)));
        }
    }

    final String text(String path) throws Exception {
        WebResponse answer = get(null, path);
        assertThat(answer.getStatusCode()).as(path).isEqualTo(200);
        return answer.getContentAsString();
    }

    final void showOnlyToReader(Item job) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to(READER, STRANGER)
                .grant(Item.READ)
                .onItems(job)
                .to(READER));
    }
}
