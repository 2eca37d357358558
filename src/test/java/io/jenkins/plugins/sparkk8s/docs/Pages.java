package io.jenkins.plugins.sparkk8s.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that people read. */
final class Pages {
    static final Path EXAMPLES = Path.of("examples", "jenkins");

    private Pages() {}

    /** Every Markdown file of the documentation, the examples' included. */
    static Stream<Path> all() {
        return Stream.of(list(Path.of(".")), list(Path.of("docs")), list(EXAMPLES))
                .flatMap(files -> files)
                .filter(file -> file.toString().endsWith(".md"))
                .map(Path::normalize);
    }

    static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The blocks of code of one language on a page. */
    static List<String> blocks(String page, String language) {
        return Pattern.compile("^```" + language + "\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(block -> block.group(1))
                .toList();
    }
}
