package io.jenkins.plugins.sparkk8s.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkCluster;
import io.jenkins.plugins.sparkk8s.jenkins.cluster.SparkClusters;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every configuration as code that is shown has only attributes that there are, of the right type. */
class ExampleClustersTest {
    private static final String FILE = Pages.read(Pages.EXAMPLES.resolve("jcasc.yaml"));

    static Stream<String> configurations() {
        return Stream.concat(
                Stream.of(FILE),
                Pages.all()
                        .flatMap(page -> Pages.blocks(Pages.read(page), "yaml").stream())
                        .filter(block -> block.startsWith("unclassified:")));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void hasOnlyAttributesThatThereAre(String yaml) {
        JsonNode ours = tree(yaml).path("unclassified").path(DataBound.symbol(SparkClusters.class));
        assertThat(ours.fieldNames())
                .toIterable()
                .isSubsetOf(DataBound.arguments(SparkClusters.class).keySet());

        assertThat(ours.path("clusters")).isNotEmpty().allSatisfy(cluster -> {
            Map<String, Type> known = DataBound.arguments(SparkCluster.class);
            cluster.properties().forEach(attribute -> {
                assertThat(known).containsKey(attribute.getKey());
                assertThat(known.get(attribute.getKey()) == boolean.class)
                        .as(attribute.getKey())
                        .isEqualTo(attribute.getValue().isBoolean());
                assertThat(attribute.getValue().isValueNode())
                        .as(attribute.getKey())
                        .isTrue();
            });
        });
    }

    /** With a colon the setting would be read as a map, which the cluster does not take. */
    @Test
    void sparkConfigurationOfTheExampleIsTextOfEntries() {
        SparkCluster cluster = new SparkCluster("prod", null);
        cluster.setConf(
                tree(FILE).at("/unclassified/sparkOnKubernetes/clusters/0/conf").asText());

        assertThat(cluster.defaults())
                .containsEntry("spark.eventLog.enabled", "true")
                .hasSize(2);
    }

    private static JsonNode tree(String yaml) {
        return new ObjectMapper().valueToTree(Serialization.unmarshal(yaml, Map.class));
    }
}
