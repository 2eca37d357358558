package io.jenkins.plugins.sparkk8s.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.util.Secret;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may ask the forms for what. */
@WithJenkins
class PermissionsTest {
    private static final String SECRET_NAME = "known-to-few";
    private static final String READER = "reader";
    private static final String DEVELOPER = "developer";
    private static final String ADMIN = "admin";

    private final TestCluster cluster = new TestCluster();
    private JenkinsRule jenkins;
    private FreeStyleProject job;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = jenkins.createFreeStyleProject("job");
        SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
        credentials
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, SECRET_NAME, null, Secret.fromString(cluster.server.adminToken())));
        credentials.save();
        SparkCluster configured = cluster.cluster(SECRET_NAME);
        configured.setCredentialsId(SECRET_NAME);
        SparkClusters.get().setClusters(List.of(configured));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to(READER)
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.EXTENDED_READ)
                .everywhere()
                .to(DEVELOPER)
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to(ADMIN));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private record FormMethod(Class<?> descriptor, String url) {}

    /** All that Stapler would call for a form of ours. */
    private List<FormMethod> formMethods() {
        List<FormMethod> methods = new ArrayList<>();
        for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            if (descriptor.getClass().getName().startsWith("io.jenkins.plugins.sparkk8s")) {
                Arrays.stream(descriptor.getClass().getMethods())
                        .map(Method::getName)
                        .filter(name -> name.matches("do(Check|Fill|Test)[A-Z].*"))
                        .map(name -> Character.toLowerCase(name.charAt(2)) + name.substring(3))
                        .map(name -> new FormMethod(descriptor.getClass(), url(descriptor, name)))
                        .forEach(methods::add);
            }
        }
        return methods;
    }

    private String url(Descriptor<?> descriptor, String method) {
        return job.getUrl() + "descriptorByName/" + descriptor.getId() + "/" + method;
    }

    private WebResponse call(String user, HttpMethod method, String url, String query) throws Exception {
        try (JenkinsRule.WebClient browser = jenkins.createWebClient()) {
            browser.withBasicApiToken(user).setThrowExceptionOnFailingStatusCode(false);
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), url + "?" + query), method);
            return browser.loadWebResponse(method == HttpMethod.POST ? browser.addCrumb(request) : request);
        }
    }

    private String post(String user, String url, String query) throws Exception {
        return call(user, HttpMethod.POST, url, query).getContentAsString();
    }

    @Test
    void noFormMethodTakesGet() throws Exception {
        assertThat(formMethods()).hasSizeGreaterThan(40);
        for (FormMethod method : formMethods()) {
            assertThat(call(ADMIN, HttpMethod.GET, method.url(), "value=x").getStatusCode())
                    .as(method.url())
                    .isIn(404, 405);
        }
    }

    @Test
    void hidesDetailsFromAReader() throws Exception {
        for (FormMethod method : formMethods()) {
            WebResponse answer = call(READER, HttpMethod.POST, method.url(), "value=%2Fnot%20valid&name=x");
            String text = answer.getContentAsString();
            assertThat(text).as(method.url()).doesNotContain(SECRET_NAME);
            if (method.url().contains("/check")) {
                assertThat(text).as(method.url()).isEqualTo("<div/>");
            }
        }
    }

    @Test
    void aReaderCannotTryConnections() throws Exception {
        String url = url(jenkins.jenkins.getDescriptorOrDie(SparkCluster.class), "testConnection");
        String query = "name=x&credentialsId=" + SECRET_NAME + "&apiServerUrl=" + cluster.server.url();

        for (String user : List.of(READER, DEVELOPER)) {
            assertThat(call(user, HttpMethod.POST, url, query).getStatusCode()).isEqualTo(403);
        }
        assertThat(cluster.server.requests()).isEmpty();
    }

    @Test
    void anAdministratorCanTryConnections() throws Exception {
        String url = url(jenkins.jenkins.getDescriptorOrDie(SparkCluster.class), "testConnection");
        String query = "name=x&namespace=default&skipTlsVerify=true&credentialsId=" + SECRET_NAME + "&apiServerUrl="
                + cluster.server.url();

        assertThat(post(ADMIN, url, query)).contains("Connected to Kubernetes");
        assertThat(cluster.server.requests()).isNotEmpty();
    }

    @Test
    void aDeveloperIsHelped() throws Exception {
        String step = url(jenkins.jenkins.getDescriptorOrDie(SparkK8sSubmitStep.class), "");
        String secret = url(jenkins.jenkins.getDescriptorOrDie(SecretConf.class), "");

        assertThat(post(DEVELOPER, step + "fillClusterItems", "cluster=")).contains(SECRET_NAME);
        assertThat(post(DEVELOPER, step + "checkNamespace", "value=Not%20valid"))
                .contains("error");
        assertThat(post(DEVELOPER, secret + "fillCredentialsIdItems", "credentialsId="))
                .contains(SECRET_NAME);
    }

    @Test
    void clustersAreTheAdministratorsOwn() throws Exception {
        String cluster = url(jenkins.jenkins.getDescriptorOrDie(SparkCluster.class), "");

        assertThat(post(DEVELOPER, cluster + "fillCredentialsIdItems", "credentialsId=&apiServerUrl="))
                .doesNotContain(SECRET_NAME);
        assertThat(post(DEVELOPER, cluster + "checkName", "value=Not%20valid%2F"))
                .isEqualTo("<div/>");
    }
}
