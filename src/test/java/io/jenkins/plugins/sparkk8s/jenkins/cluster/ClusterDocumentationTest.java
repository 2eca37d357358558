package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.util.FormValidation.Kind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.AccessRules;
import io.jenkins.plugins.sparkk8s.localcluster.apiserver.KubernetesApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kohsuke.stapler.DataBoundSetter;

/** What the page about clusters and the form say is so. */
class ClusterDocumentationTest {
    private static final Path RESOURCES =
            Path.of("src", "main", "resources", "io", "jenkins", "plugins", "sparkk8s", "jenkins", "cluster");
    private static final Pattern FIELD = Pattern.compile("field=\"(\\w+)\"");

    private final TestJenkins jenkins = new TestJenkins();

    @AfterEach
    void stop() {
        jenkins.close();
    }

    @Test
    void theExampleOfConfigurationAsCodeIsValid() throws Exception {
        String page = Files.readString(Path.of("docs", "jenkins-clusters.md"));
        Matcher block = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        JsonNode root = new ObjectMapper()
                .valueToTree(Serialization.unmarshal(
                        block.group(1).replaceAll("caCertificate: .*", "caCertificate: \"\""), Map.class));
        SparkClusters clusters = new SparkClusters();
        List<SparkCluster> described = new ArrayList<>();
        for (JsonNode node : root.at("/unclassified/sparkOnKubernetes/clusters")) {
            described.add(bind(node));
        }

        clusters.setClusters(described);

        assertThat(clusters.getClusters()).extracting(SparkCluster::getName).containsExactly("prod", "own");
        assertThat(clusters.getClusters().get(0).defaults())
                .containsEntry("spark.kubernetes.container.image.pullSecrets", "registry");
        assertThat(clusters.getClusters().get(1).defaults())
                .containsEntry("spark.master", "k8s://https://kubernetes.default.svc");
        assertThat(clusters.resolve(null, TestJenkins.job("other/job")).getName())
                .isEqualTo("own");
    }

    /** As Configuration as Code does: each attribute has a setter. */
    private static SparkCluster bind(JsonNode node) throws ReflectiveOperationException {
        SparkCluster cluster = new SparkCluster(
                node.path("name").asText(null), node.path("apiServerUrl").asText(null));
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (List.of("name", "apiServerUrl").contains(field.getKey())) {
                continue;
            }
            String setter = "set" + field.getKey().substring(0, 1).toUpperCase(Locale.ROOT)
                    + field.getKey().substring(1);
            Object value = value(field.getValue());
            Method method =
                    SparkCluster.class.getMethod(setter, value instanceof Boolean ? boolean.class : value.getClass());
            assertThat(method.isAnnotationPresent(DataBoundSetter.class)).isTrue();
            method.invoke(cluster, value);
        }
        return cluster;
    }

    private static Object value(JsonNode node) {
        if (node.isInt()) {
            return node.asInt();
        }
        return node.isBoolean() ? (Object) node.asBoolean() : node.asText();
    }

    @Test
    void theRolesAreEnoughForWhatIsTested() throws Exception {
        try (KubernetesApiServer server = KubernetesApiServer.builder().start();
                KubernetesClient admin = new KubernetesClientBuilder()
                        .withConfig(server.clientConfig())
                        .build()) {
            admin.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("spark")
                            .endMetadata()
                            .build())
                    .create();
            for (HasMetadata object : rbac()) {
                if (object.getKind().equals("ServiceAccount")) {
                    admin.resource(object).create();
                }
            }
            grant(server, "spark-submitter", "spark-submitter");
            grant(server, "spark-driver", "spark");
            jenkins.token("spark-submitter", server.token("spark", "spark-submitter"));
            SparkCluster cluster = new SparkCluster("prod", server.url());
            cluster.setCaCertificate(server.caCertificatePem());
            cluster.setCredentialsId("spark-submitter");
            cluster.setNamespace("spark");
            cluster.setServiceAccount("spark");

            assertThat(new ConnectionTest(cluster, null, new ClusterConnections(Duration.ZERO, Path.of("none"))).run())
                    .allSatisfy(finding ->
                            assertThat(finding.kind).as("%s", finding).isEqualTo(Kind.OK))
                    .extracting(Throwable::getMessage)
                    .contains("An application can be submitted to the namespace spark.");
        }
    }

    private static List<HasMetadata> rbac() throws IOException {
        return Stream.of(Files.readString(Path.of("docs", "rbac.yaml")).split("\n---\n"))
                .map(text -> (HasMetadata) Serialization.unmarshal(text))
                .toList();
    }

    /** Nothing but the Role, and what every Kubernetes user may ask about itself. */
    private static void grant(KubernetesApiServer server, String role, String account) throws IOException {
        String user = AccessRules.serviceAccount("spark", account);
        List<String> all = List.of("*");
        server.rights().deny(user, all, all, all, "*");
        server.rights()
                .allow(
                        user,
                        List.of("create"),
                        List.of("authorization.k8s.io"),
                        List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews"),
                        "*");
        rbac().stream()
                .filter(object ->
                        object instanceof Role && object.getMetadata().getName().equals(role))
                .flatMap(object -> ((Role) object).getRules().stream())
                .forEach(rule -> server.rights()
                        .allow(user, rule.getVerbs(), rule.getApiGroups(), rule.getResources(), "spark"));
    }

    @Test
    void theRolesAreThoseOfThePreflight() throws Exception {
        String preflight = Files.readString(Path.of("docs", "preflight.md"));
        List<Role> documented = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(preflight)
                .results()
                .flatMap(block -> Stream.of(block.group(1).split("\n---\n")))
                .map(text -> (HasMetadata) Serialization.unmarshal(text))
                .filter(Role.class::isInstance)
                .map(Role.class::cast)
                .toList();

        assertThat(rbac().stream().filter(Role.class::isInstance).toList())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("metadata")
                .containsExactlyElementsOf(
                        documented.stream().map(HasMetadata.class::cast).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SparkCluster", "SparkClusters"})
    void eachFieldOfTheFormHasAPropertyAndHelp(String type) throws Exception {
        String form = Files.readString(RESOURCES.resolve(type).resolve("config.jelly"));
        assertThat(form).startsWith("<?jelly escape-by-default='true'?>").doesNotContain("<script", "onclick");
        Properties texts = new Properties();
        try (InputStream in = Files.newInputStream(RESOURCES.resolve(type).resolve("config.properties"))) {
            texts.load(in);
        }
        List<String> fields = FIELD.matcher(form)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
        assertThat(fields)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(RESOURCES.resolve(type).resolve("help-" + field + ".html"))
                        .exists());
        assertThat(Pattern.compile("\\$\\{%(\\w+)}").matcher(form).results().map(match -> match.group(1)))
                .allSatisfy(key -> assertThat(texts).containsKey(key));
    }

    @Test
    void theFormHasEachFieldOfACluster() throws Exception {
        String form = Files.readString(RESOURCES.resolve("SparkCluster").resolve("config.jelly"));
        List<String> fields =
                FIELD.matcher(form).results().map(match -> match.group(1)).toList();

        assertThat(Stream.of(SparkCluster.class, ApplicationDefaults.class)
                        .flatMap(type -> Stream.of(type.getDeclaredFields()))
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .map(Field::getName))
                .containsExactlyInAnyOrderElementsOf(fields);
    }
}
