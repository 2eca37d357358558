package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.CONFIG_MAPS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.PODS;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.configMap;
import static io.jenkins.plugins.sparkk8s.localcluster.apiserver.PlainClient.pod;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real kube-apiserver 1.36 refuses is refused with the same code, and with the same fields as causes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalsTest {

    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private static final String CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1";

    private KubernetesApiServer server;
    private PlainClient client;

    @BeforeAll
    void start() throws Exception {
        server = KubernetesApiServer.builder().tls(false).start();
        client = new PlainClient(server);
        client.post(CONFIG_MAPS, configMap("there"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "volumes":[{"name":"v","hostPath":{"path":"/a/../b"}}] | spec.volumes[0].hostPath.path:FieldValueInvalid
            "volumes":[{"name":"v","secret":{"secretName":"s","items":[{"key":"k","path":"../x"}]}}] | spec.volumes[0].secret.items[0].path:FieldValueInvalid
            "volumes":[{"name":"v","configMap":{"name":"c","items":[{"key":"k","path":"a/../../x"}]}}] | spec.volumes[0].configMap.items[0].path:FieldValueInvalid
            "volumes":[{"name":"v","configMap":{"name":"c","defaultMode":1000}}] | spec.volumes[0].configMap.defaultMode:FieldValueInvalid
            "volumes":[{"name":"v","emptyDir":{"sizeLimit":"-1Gi"}}] | spec.volumes[0].emptyDir.sizeLimit:FieldValueInvalid
            "tolerations":[{"key":"a","operator":"Exists","value":"x"}] | spec.tolerations[0].operator:FieldValueInvalid
            "tolerations":[{"operator":"Equal","value":"x"}] | spec.tolerations[0].operator:FieldValueInvalid
            "tolerations":[{"key":"a","effect":"Never"}] | spec.tolerations[0].effect:FieldValueNotSupported
            "tolerations":[{"key":"a","tolerationSeconds":3}] | spec.tolerations[0].effect:FieldValueInvalid
            "nodeSelector":{"a":"b c"} | spec.nodeSelector:FieldValueInvalid
            "hostname":"A.b" | spec.hostname:FieldValueInvalid
            """)
    void ofAPod(String member, String cause) throws Exception {
        String body = pod("p").replace("\"spec\":{", "\"spec\":{" + member.strip() + ",");

        assertThat(causes(client.post(PODS + "?dryRun=All", body))).containsExactly(cause);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "resources":{"requests":{"nvidia.com/gpu":"1"}} | resources.limits:FieldValueRequired
            "resources":{"limits":{"gpu":"1"}} | resources.limits[gpu]:FieldValueInvalid resources.requests[gpu]:FieldValueInvalid
            "resources":{"limits":{"nvidia.com/gpu":"500m"}} | resources.limits[nvidia.com/gpu]:FieldValueInvalid resources.requests[nvidia.com/gpu]:FieldValueInvalid
            "resources":{"limits":{"cpu":"1"},"requests":{"cpu":"2"}} | resources.requests:FieldValueInvalid
            "env":[{"name":"a=b"}] | env[0].name:FieldValueInvalid
            "volumeMounts":[{"name":"v","mountPath":"/v"}] | volumeMounts[0].name:FieldValueNotFound
            """)
    void ofAContainer(String member, String causes) throws Exception {
        String body = pod("p").replace("\"image\":", member.strip() + ",\"image\":");

        assertThat(causes(client.post(PODS + "?dryRun=All", body)))
                .containsExactlyElementsOf(List.of(causes.split(" ")).stream()
                        .map(c -> "spec.containers[0]." + c)
                        .toList());
    }

    @Test
    void acceptsAnExtendedResourceWithALimit() throws Exception {
        String body =
                pod("p").replace("\"image\":", "\"resources\":{\"limits\":{\"nvidia.com/gpu\":\"2\"}},\"image\":");

        assertThat(client.post(PODS + "?dryRun=All", body).code()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "ports":[{"name":"a","port":0}] | spec.ports[0].port:FieldValueInvalid spec.ports[0].targetPort:FieldValueInvalid
            "ports":[{"port":1},{"port":2}] | spec.ports[0].name:FieldValueRequired spec.ports[1].name:FieldValueRequired
            "ports":[{"port":1}],"ipFamilyPolicy":"x" | spec.ipFamilyPolicy:FieldValueNotSupported
            "ports":[{"port":1}],"ipFamilyPolicy":"RequireDualStack","ipFamilies":["IPv6","IPv4"] | spec.ipFamilies[0]:FieldValueInvalid spec.ipFamilyPolicy:FieldValueInvalid
            """)
    void ofAService(String members, String causes) throws Exception {
        String body = "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"clusterIP\":\"None\"," + members.strip() + "}}";

        assertThat(causes(client.post(SERVICES + "?dryRun=All", body))).containsExactly(causes.split(" "));
    }

    @Test
    void ofAClaimWithAnUnknownAccessMode() throws Exception {
        String claim = "{\"metadata\":{\"name\":\"c\"},\"spec\":{\"accessModes\":[\"X\"],\"resources\":"
                + "{\"requests\":{\"storage\":\"1Gi\"}}}}";

        PlainClient.Reply reply = client.post(CLAIMS, claim);

        assertThat(causes(reply)).containsExactly("spec.accessModes:FieldValueNotSupported");
        assertThat(client.post(CLAIMS, claim.replace("1Gi", "1Gx").replace("\"X\"", "\"ReadWriteOnce\""))
                        .text("message"))
                .startsWith("PersistentVolumeClaim in version \"v1\" cannot be handled as a PersistentVolumeClaim:"
                        + " quantities must match the regular expression");
    }

    @Test
    void ofOwnersThatAreNotWhole() throws Exception {
        String owner = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"p\"%s}";

        assertThat(causes(merge("{\"metadata\":{\"ownerReferences\":[" + owner.formatted("") + "]}}")))
                .containsExactly("metadata.ownerReferences.uid:FieldValueInvalid");
        assertThat(causes(merge("{\"metadata\":{\"uid\":\"other\"}}")))
                .containsExactly("metadata.uid:FieldValueInvalid");
        String twice = owner.formatted(",\"uid\":\"x\"") + "," + owner.formatted(",\"uid\":\"x\"");
        assertThat(merge("{\"metadata\":{\"ownerReferences\":[" + twice + "]}}")
                        .body()
                        .path("metadata")
                        .path("ownerReferences"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | configmaps?fieldManager=LONG | 422 | CreateOptions.meta.k8s.io "" is invalid: fieldManager: Too long
            POST   | configmaps?dryRun=x | 422 | CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["x"]
            DELETE | configmaps/there?dryRun=x | 422 | DeleteOptions.meta.k8s.io "" is invalid: dryRun
            DELETE | configmaps/there?propagationPolicy=Foo | 422 | propagationPolicy: Unsupported value
            GET    | configmaps?limit=x | 400 | strconv.ParseInt: parsing "x": invalid syntax
            GET    | configmaps?resourceVersion=1&resourceVersionMatch=Foo | 422 | resourceVersionMatch: Unsupported value
            GET    | configmaps?continue=abc | 400 | invalid continue token
            GET    | configmaps?continue=abc&resourceVersion=5 | 400 | specifying resource version is not allowed when using continue
            GET    | configmaps/there?resourceVersion=99999999 | 504 | Too large resource version: 99999999
            GET    | configmaps?watch=1&resourceVersion=abc | 500 | strconv.ParseUint: parsing "abc": invalid syntax
            GET    | configmaps?labelSelector=a===b | 400 | unable to parse requirement: found '=', expected: identifier
            GET    | pods/none/log?tailLines=-1 | 422 | PodLogOptions "none" is invalid: tailLines
            GET    | pods/none/log?sinceSeconds=1&sinceTime=x | 422 | at most one of `sinceTime` or `sinceSeconds`
            """)
    void ofOptions(String method, String path, int code, String message) throws Exception {
        String at = "/api/v1/namespaces/default/" + path.replace("LONG", "m".repeat(129));

        PlainClient.Reply reply =
                switch (method) {
                    case "POST" -> client.post(at, configMap("new"));
                    case "DELETE" -> client.delete(at, "");
                    default -> client.get(at);
                };

        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.text("message")).contains(message);
    }

    @Test
    void ofBodiesThatAreTooLargeOrOfAnotherFormat() throws Exception {
        String large = configMap("large").replace("\"v\"", '"' + "x".repeat(4 * 1024 * 1024) + '"');

        assertThat(client.post(CONFIG_MAPS, large))
                .returns(413, PlainClient.Reply::code)
                .returns("RequestEntityTooLarge", r -> r.text("reason"));
        assertThat(client.send("POST", CONFIG_MAPS, "application/xml", "<a/>").code())
                .isEqualTo(415);
        assertThat(client.post(
                                "/api/v1/namespaces/default/secrets",
                                "{\"metadata\":{\"name\":\"s\"},\"data\":{\"a\":\"%%\"}}")
                        .text("message"))
                .contains("illegal base64 data");
        assertThat(client.get("/apis/nope.io/v1/things"))
                .returns(404, PlainClient.Reply::code)
                .returns("404 page not found\n", r -> r.body().asText());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{"op":"remove","path":"/data/none"}]
            [{"op":"replace","path":"/data/none","value":"x"}]
            [{"op":"test","path":"/data/k","value":"other"}]
            [{"op":"nope","path":"/data/k"}]
            """)
    void ofAJsonPatch(String patch) throws Exception {
        assertThat(client.patch(CONFIG_MAPS + "/there", "json-patch+json", patch)
                        .code())
                .isEqualTo(422);
    }

    @Test
    void ofAccessReviewsThatAskNothingOrTwoThings() throws Exception {
        assertThat(causes(client.post(REVIEWS + "/selfsubjectaccessreviews", "{\"spec\":{}}")))
                .containsExactly("spec.resourceAttributes:FieldValueInvalid");
        String other = "{\"spec\":{\"user\":\"u\",\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\","
                + "\"namespace\":\"other\"}}}";
        assertThat(causes(client.post(REVIEWS + "/namespaces/default/localsubjectaccessreviews", other)))
                .containsExactly("spec.resourceAttributes.namespace:FieldValueInvalid");
        assertThat(client.post(REVIEWS + "/namespaces/other/localsubjectaccessreviews", other)
                        .text("kind"))
                .isEqualTo("LocalSubjectAccessReview");
    }

    private PlainClient.Reply merge(String patch) throws Exception {
        return client.patch(CONFIG_MAPS + "/there", "merge-patch+json", patch);
    }

    private static TreeSet<String> causes(PlainClient.Reply reply) {
        assertThat(reply.code()).as(reply.body().toString()).isEqualTo(422);
        TreeSet<String> causes = new TreeSet<>();
        Json.list(reply.body(), "details", "causes")
                .forEach(c -> causes.add(Json.text(c, "field") + ":" + Json.text(c, "reason")));
        return causes;
    }
}
