package io.jenkins.plugins.sparkk8s.parity;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The hand-chosen cases: {@code parity/cases.yaml}, by topic. Read by SnakeYAML, as Jackson does not merge maps. */
final class ParityCases {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ParityCases() {}

    static Map<String, List<ParityCase>> byTopic() throws IOException {
        Map<String, List<ParityCase>> topics = new LinkedHashMap<>();
        try (InputStream in = ParityCases.class.getResourceAsStream("/parity/cases.yaml")) {
            Map<String, Map<String, Map<String, Object>>> table =
                    JSON.convertValue(new Yaml().load(in), new TypeReference<>() {});
            table.forEach((topic, cases) -> topics.put(topic, cases(cases)));
        }
        return topics;
    }

    private static List<ParityCase> cases(Map<String, Map<String, Object>> table) {
        List<ParityCase> cases = new ArrayList<>();
        table.forEach((name, fields) -> {
            Map<String, Object> named = new LinkedHashMap<>(fields == null ? Map.of() : fields);
            named.put("name", name);
            cases.add(JSON.convertValue(named, ParityCase.class));
        });
        return cases;
    }
}
