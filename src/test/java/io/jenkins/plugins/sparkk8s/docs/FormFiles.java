package io.jenkins.plugins.sparkk8s.docs;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The form of a class, as its resources have it: fields in order, their titles, and their help. */
record FormFiles(Class<?> type) {
    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final Pattern FIELD = Pattern.compile("<f:\\w+[^>]* field=\"(\\w+)\"|getHelpFile\\('(\\w+)'\\)");
    private static final Pattern INCLUDE = Pattern.compile("<st:include page=\"(\\w+\\.jelly)\"[^>]*>");
    /** A list or a map is typed as text. */
    private static final List<String> TEXTS = List.of("argsText", "confText");

    /** In the order of the form, without those of a class above it. */
    List<String> fields() {
        return FIELD.matcher(Pages.read(folder(type).resolve("config.jelly")))
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .filter(field -> !TEXTS.contains(field))
                .distinct()
                .toList();
    }

    /** What it takes from the class above it, in the order of the form. */
    List<String> inherited() {
        return INCLUDE.matcher(Pages.read(folder(type).resolve("config.jelly")))
                .results()
                .flatMap(include -> FIELD.matcher(
                                Pages.read(folder(type.getSuperclass()).resolve(include.group(1))))
                        .results())
                .map(match -> match.group(1))
                .toList();
    }

    /** Empty for a field that the form shows as a part with its own fields. */
    Optional<String> title(String field) {
        return folders()
                .flatMap(Pages::list)
                .filter(file -> file.toString().endsWith(".properties"))
                .map(file -> load(file).getProperty(field))
                .filter(title -> title != null)
                .map(title -> title.replace("''", "'"))
                .findFirst();
    }

    /** The help of the class; empty when it has none. */
    Optional<String> help() {
        return Optional.of(folder(type).resolve("help.html"))
                .filter(Files::exists)
                .map(file -> HelpText.markdown(Pages.read(file)));
    }

    String help(String field) {
        return folders()
                .map(folder -> folder.resolve("help-" + field + ".html"))
                .filter(Files::exists)
                .map(file -> HelpText.markdown(Pages.read(file)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no help for %s of %s".formatted(field, type)));
    }

    private Stream<Path> folders() {
        return Stream.of(folder(type), folder(type.getSuperclass())).filter(Files::isDirectory);
    }

    private static Path folder(Class<?> type) {
        return RESOURCES.resolve(type.getName().replace('.', '/'));
    }

    private static Properties load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
