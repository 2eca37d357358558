package io.jenkins.plugins.sparkk8s.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.driver.Applications;
import io.jenkins.plugins.sparkk8s.driver.VolcanoApi;
import io.jenkins.plugins.sparkk8s.kubernetes.ObjectReference;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.AccessRules;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import io.jenkins.plugins.sparkk8s.submission.DriverSubmitter;
import io.jenkins.plugins.sparkk8s.submission.InterruptedSubmission;
import io.jenkins.plugins.sparkk8s.submission.SubmissionHandle;
import io.jenkins.plugins.sparkk8s.submission.SubmissionListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The Roles of docs/rbac.yaml are what the engine asks for, no more and no less, and docs/security.md explains each
 * verb.
 */
class SmallestRolesTest {
    private static final String NAMESPACE = "spark";
    /** What only looking before a submission takes. */
    private static final Set<String> LOOKS =
            Set.of("get serviceaccounts", "get namespaces", "create localsubjectaccessreviews");

    private KubernetesApiServer server;
    private KubernetesClient admin;
    private KubernetesClient client;

    @BeforeEach
    void applyRoles() throws IOException {
        server = KubernetesApiServer.builder().tls(false).start();
        admin = new KubernetesClientBuilder().withConfig(server.clientConfig()).build();
        VolcanoApi.install(admin);
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        objects(ServiceAccount.class).forEach(account -> admin.resource(account).create());
        objects(RoleBinding.class).forEach(this::bind);
        Config config = server.clientConfig(server.token(NAMESPACE, "spark-submitter"));
        config.setNamespace(NAMESPACE);
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    /** As an API server with RBAC would: nothing but the Role, and what every user may ask about itself. */
    private void bind(RoleBinding binding) {
        String user = AccessRules.serviceAccount(
                binding.getSubjects().get(0).getNamespace(),
                binding.getSubjects().get(0).getName());
        List<String> all = List.of("*");
        server.rights().deny(user, all, all, all, "*");
        server.rights()
                .allow(
                        user,
                        List.of("create"),
                        List.of("authorization.k8s.io"),
                        List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews"),
                        "*");
        rules(binding.getRoleRef().getName())
                .forEach(rule -> server.rights()
                        .allow(user, rule.getVerbs(), rule.getApiGroups(), rule.getResources(), NAMESPACE));
    }

    @AfterEach
    void stop() {
        client.close();
        admin.close();
        server.close();
    }

    private static <T extends HasMetadata> List<T> objects(Class<T> type) {
        try {
            return Stream.of(Files.readString(Path.of("docs", "rbac.yaml")).split("\n---\n"))
                    .map(text -> Serialization.unmarshal(text, HasMetadata.class))
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<PolicyRule> rules(String role) {
        return objects(Role.class).stream()
                .filter(candidate -> candidate.getMetadata().getName().equals(role))
                .findFirst()
                .orElseThrow()
                .getRules();
    }

    /** Such as "get pods/log". */
    private static Set<String> verbs(String role) {
        return rules(role).stream()
                .flatMap(rule -> rule.getResources().stream()
                        .flatMap(resource -> rule.getVerbs().stream()
                                .map(verb -> verb + " " + resource
                                        + suffix(rule.getApiGroups().get(0)))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> verbs(Stream<RequiredPermission> permissions) {
        return permissions
                .map(permission -> permission.verb() + " " + permission.resource() + suffix(permission.group()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Pods are of two groups. */
    private static String suffix(String group) {
        return group.equals("metrics.k8s.io") ? "." + group : "";
    }

    private static Applications plain() {
        return Applications.java()
                .with("spark.kubernetes.namespace", NAMESPACE)
                .with("spark.kubernetes.authenticate.driver.serviceAccountName", "spark");
    }

    private static Applications resizing() {
        String plugins = "org.apache.spark.scheduler.cluster.k8s.";
        return plain().with("spark.plugins", plugins + "ExecutorResizePlugin, " + plugins + "ExecutorPVCResizePlugin")
                .with("spark.kubernetes.executor.resizeInterval", "1m");
    }

    private static Stream<Applications> applications() {
        return Stream.of(
                plain(), demanding("direct"), demanding("statefulset"), demanding("deployment"), resizing(), volcano());
    }

    private static Applications volcano() {
        return plain().with(
                        "spark.kubernetes.driver.pod.featureSteps",
                        "org.apache.spark.deploy.k8s.features.VolcanoFeatureStep");
    }

    /** Whatever makes the engine ask for more. */
    private static Applications demanding(String allocator) {
        Applications application = plain().with("spark.kubernetes.allocation.pods.allocator", allocator)
                .with("spark.kubernetes.executor.decommissionLabel", "leaving")
                .with("spark.kubernetes.submit.secretsInSecret", "true");
        // A Deployment gives its pods no claims of their own.
        for (String role : allocator.equals("deployment") ? List.of("driver") : List.of("driver", "executor")) {
            String volume = "spark.kubernetes.%s.volumes.persistentVolumeClaim.x.".formatted(role);
            application = application
                    .with(volume + "mount.path", "/x")
                    .with(volume + "options.claimName", "OnDemand")
                    .with(volume + "options.storageClass", "standard")
                    .with(volume + "options.sizeLimit", "1Gi");
        }
        return application;
    }

    @Test
    void submitterHasWhatTheEngineAsksForAndMayLook() {
        Set<String> expected =
                verbs(applications().flatMap(application -> SubmitterPermissions.of(application.example()).stream()));
        expected.addAll(LOOKS);

        assertThat(verbs("spark-submitter")).isEqualTo(expected);
    }

    @Test
    void driverHasWhatTheEngineAsksFor() {
        Set<String> expected = verbs(applications()
                .flatMap(application ->
                        DriverPermissions.of(application.example().properties()).stream()));

        assertThat(verbs("spark-driver")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark-submitter", "spark-driver"})
    void everyVerbIsExplained(String role) throws IOException {
        String page = Files.readString(Path.of("docs", "security.md"));
        String section = page.split("\n### " + role + "\n", 2)[1].split("\n### ", 2)[0];
        List<String> explained = section.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| resource |"))
                .map(line -> line.split(" *\\| *"))
                .flatMap(cells -> Stream.of(cells[1].split(", "))
                        .flatMap(resource -> Stream.of(cells[2].split(", ")).map(verb -> verb + " " + resource)))
                .toList();

        assertThat(explained).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(verbs(role));
    }

    @ParameterizedTest
    @CsvSource({"spark-submitter, spark-submitter", "spark-driver, spark"})
    void noVerbCanBeLeftOutUnnoticed(String role, String account) {
        String user = AccessRules.serviceAccount(NAMESPACE, account);
        for (PolicyRule rule : rules(role)) {
            for (String resource : rule.getResources()) {
                for (String verb : rule.getVerbs()) {
                    List<String> verbs = List.of(verb);
                    List<String> resources = List.of(resource);
                    server.rights().deny(user, verbs, rule.getApiGroups(), resources, "*");
                    assertThat(findings()).as("without %s %s", verb, resource).anyMatch(mentions(verb, resource));
                    server.rights().allow(user, verbs, rule.getApiGroups(), resources, NAMESPACE);
                }
            }
        }
        assertThat(findings()).noneMatch(finding -> finding.contains(" may not "));
    }

    private List<String> findings() {
        return applications().flatMap(this::findings).toList();
    }

    private Stream<String> findings(Applications application) {
        try {
            PreflightReport report = Preflight.run(client, application.example());
            return Stream.of(report.errors(), report.warnings(), report.unchecked())
                    .flatMap(List::stream);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Predicate<String> mentions(String verb, String resource) {
        if (resource.equals("localsubjectaccessreviews")) {
            return finding ->
                    finding.startsWith("What the driver's service account") && finding.contains("not checked");
        }
        return LOOKS.contains(verb + " " + resource)
                ? finding -> finding.contains("no permission to get %s".formatted(resource))
                : finding -> finding.contains(" may not ")
                        && finding.contains(" %s in namespace".formatted(resource))
                        && finding.matches(".* may not [a-z, ]*\\b%s\\b.*".formatted(verb));
    }

    @Test
    void submitterCanSubmitFollowAndRemove() throws Exception {
        var spec = demanding("direct").build();
        SubmissionHandle handle =
                DriverSubmitter.submit(client, spec, DriverSubmitter.Attempt.REPEATED, new SubmissionListener() {});
        assertThat(client.pods().inNamespace(NAMESPACE).list().getItems()).hasSize(1);
        List<ObjectReference> dependants =
                spec.dependants().stream().map(ObjectReference::to).toList();

        InterruptedSubmission submission =
                new InterruptedSubmission(client, SubmissionHandle.planned(spec), dependants);

        assertThat(submission.takeOver()).get().isEqualTo(handle);
        assertThat(submission.remove()).isNotEmpty();
        assertThat(client.pods().inNamespace(NAMESPACE).list().getItems()).isEmpty();
    }
}
