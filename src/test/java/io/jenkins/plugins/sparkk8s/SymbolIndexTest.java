package io.jenkins.plugins.sparkk8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.Symbol;
import org.junit.jupiter.api.Test;

/**
 * Jenkins finds the plugin's symbols, as {@code sparkOnKubernetes} of configuration as code, and what it calls before it loads
 * jobs by indexes.
 */
class SymbolIndexTest {
    private static final String SYMBOLS = "META-INF/annotations/org.jenkinsci.Symbol";
    private static final String INITIALIZERS = "META-INF/annotations/hudson.init.Initializer";

    @Test
    void namesTheClassesThatCarryASymbol() throws IOException {
        List<String> annotated = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages("io.jenkins.plugins.sparkk8s").stream()
                        .filter(type -> type.isAnnotatedWith(Symbol.class))
                        .map(JavaClass::getName)
                        .toList();
        assertThat(annotated).isNotEmpty();
        assertThat(index(SYMBOLS)).containsExactlyInAnyOrderElementsOf(annotated);
    }

    @Test
    void namesTheClassesThatJenkinsCallsBeforeItLoadsJobs() throws IOException {
        assertThat(index(INITIALIZERS)).containsExactly("io.jenkins.plugins.sparkk8s.jenkins.step.StoredNames");
    }

    /** One would be copied over the index that the published build's annotation processor has written. */
    @Test
    void noResourceStandsInThePlaceOfTheIndex() {
        assertThat(Path.of("src/main/resources", SYMBOLS)).doesNotExist();
        assertThat(Path.of("src/main/resources", INITIALIZERS)).doesNotExist();
    }

    private static List<String> index(String name) throws IOException {
        try (var index = Symbol.class.getResourceAsStream("/" + name)) {
            assertThat(index).as(name).isNotNull();
            return new String(index.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
