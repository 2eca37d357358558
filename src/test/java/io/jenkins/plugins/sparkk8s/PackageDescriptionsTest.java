package io.jenkins.plugins.sparkk8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every package says what belongs in it, and which rooms it uses. */
class PackageDescriptionsTest {
    private static final String ROOT = "io.jenkins.plugins.sparkk8s";

    @Test
    void everyPackageHasADescription() throws IOException {
        for (Path folder : foldersOf(sources("src/main/java", "src/local-cluster/java"))) {
            assertThat(folder.resolve("package-info.java"))
                    .as(folder.toString())
                    .exists();
        }
    }

    @Test
    void descriptionsOfRoomsNameTheRoomsThatAreUsed() throws IOException {
        for (String parent : List.of("staging", "monitor", "jenkins")) {
            String imports = "import (?:static )?\\Q%s.%s.\\E([a-z]+)\\.".formatted(ROOT, parent);
            for (Path room : foldersOf(sources("src/main/java/io/jenkins/plugins/sparkk8s/" + parent))) {
                String description = Files.readString(room.resolve("package-info.java"));
                int uses = description.indexOf("Uses ");
                if (uses >= 0) {
                    Set<String> used = new TreeSet<>();
                    for (Path file : sources(room.toString())) {
                        used.addAll(found(imports, Files.readString(file)));
                    }
                    used.remove(room.getFileName().toString());
                    assertThat(found(
                                    "\\{@code\\s([a-z]+)}",
                                    description.substring(uses).replaceAll("\\s+\\*\\s+", " ")))
                            .as(room.toString())
                            .isEqualTo(used);
                }
            }
        }
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Path> foldersOf(List<Path> files) {
        return files.stream().map(Path::getParent).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> sources(String... roots) throws IOException {
        List<Path> all = new ArrayList<>();
        for (String root : roots) {
            try (Stream<Path> files = Files.walk(Path.of(root))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
            }
        }
        assertThat(all).isNotEmpty();
        return all;
    }
}
