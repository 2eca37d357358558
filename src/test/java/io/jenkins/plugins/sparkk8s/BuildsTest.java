package io.jenkins.plugins.sparkk8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The ordinary build and the published one make the same plugin. */
class BuildsTest {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

    private final Document ordinary = read("pom.xml");
    private final Document published = read("pom-jenkins.xml");

    private static Document read(String file) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Path.of(file).toFile());
        } catch (Exception e) {
            throw new IllegalStateException(file, e);
        }
    }

    @Test
    void bothHaveTheSameVersion() {
        assertThat(version(published)).isEqualTo(version(ordinary));
    }

    private static String version(Document pom) {
        return resolve(child(pom.getDocumentElement(), "version"), properties(pom));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jenkins.version",
                "hadoop.version",
                "aws-sdk.version",
                "httpclient.version",
                "httpcore.version",
                "reactive-streams.version",
                "aircompressor.version",
                "assertj.version",
                "awaitility.version",
                "picocli.version"
            })
    void bothBuildWithTheSame(String property) {
        assertThat(properties(published))
                .containsEntry(property, properties(ordinary).get(property));
    }

    @ParameterizedTest
    @ValueSource(strings = {"groupId", "artifactId", "name", "description"})
    void bothPomsDescribeTheSamePlugin(String element) {
        assertThat(child(published.getDocumentElement(), element))
                .isEqualTo(child(ordinary.getDocumentElement(), element));
    }

    @Test
    void theManifestNamesThePluginsThatThePublishedBuildDependsOn() {
        List<String> named = Arrays.stream(manifest().get("Plugin-Dependencies").split(","))
                .map(dependency -> dependency.split(":")[0])
                .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(plugins()).doesNotHaveDuplicates();
    }

    /** Jenkins takes any other value than true for a plugin that needs a restart. */
    @Test
    void theManifestLetsJenkinsInstallThePluginWithoutARestart() {
        assertThat(manifest().getOrDefault("Support-Dynamic-Loading", "true")).isEqualTo("true");
    }

    @Test
    void bothBundleTheSameJars() throws Exception {
        List<String> copied = Pattern.compile("<include name=\"(.*)-\\$\\{[a-z.-]+}.jar\" />")
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(match -> match.group(1))
                .flatMap(name -> name.equals("*") ? modulesOfAws() : Stream.of(name))
                .toList();
        assertThat(properties(published).get("hpi.bundledArtifacts").split(","))
                .containsExactlyInAnyOrderElementsOf(copied);
    }

    private Stream<String> modulesOfAws() {
        return children(ordinary.getDocumentElement(), "dependencies").stream()
                .flatMap(dependencies -> children(dependencies, "dependency").stream())
                .filter(dependency -> child(dependency, "groupId").equals("software.amazon.awssdk"))
                .map(dependency -> child(dependency, "artifactId"));
    }

    /** Plugins are all that is neither for the tests nor Hadoop's or of compression, which are bundled. */
    private List<String> plugins() {
        List<String> plugins = new ArrayList<>();
        for (Element dependencies : children(published.getDocumentElement(), "dependencies")) {
            for (Element dependency : children(dependencies, "dependency")) {
                if (child(dependency, "scope").isEmpty()
                        && !List.of("org.apache.hadoop", "software.amazon.awssdk", "io.airlift")
                                .contains(child(dependency, "groupId"))) {
                    plugins.add(child(dependency, "artifactId"));
                }
            }
        }
        return plugins;
    }

    private Map<String, String> manifest() {
        Map<String, String> entries = new TreeMap<>();
        NodeList attributes = ordinary.getElementsByTagName("attribute");
        for (int i = 0; i < attributes.getLength(); i++) {
            Element attribute = (Element) attributes.item(i);
            entries.put(attribute.getAttribute("name"), attribute.getAttribute("value"));
        }
        return entries;
    }

    private static Map<String, String> properties(Document pom) {
        Map<String, String> properties = new TreeMap<>();
        NodeList all = children(pom.getDocumentElement(), "properties").get(0).getChildNodes();
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Element property) {
                properties.put(property.getTagName(), property.getTextContent());
            }
        }
        properties.replaceAll((name, value) -> resolve(value, properties));
        return properties;
    }

    private static String resolve(String text, Map<String, String> properties) {
        return REFERENCE
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(properties.getOrDefault(match.group(1), match.group())));
    }

    private static String child(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList all = parent.getChildNodes();
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
