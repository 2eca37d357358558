package io.jenkins.plugins.sparkk8s.application;

import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Resolves the comma-separated file lists: patterns to files, paths to URIs ({@code DependencyUtils.resolveGlobPaths}). */
final class FileLists {
    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");
    /** Schemes that Spark never looks for patterns in. */
    private static final Set<String> NOT_LISTED = Set.of("local", "http", "https", "ftp");

    private final SubmitterEnvironment environment;
    private final GlobExpander globs;

    FileLists(SubmitterEnvironment environment, GlobExpander globs) {
        this.environment = environment;
        this.globs = globs;
    }

    /** The value of the option with every entry an absolute URI. */
    String resolve(ConfigOption<List<String>> option, SparkConf conf) {
        return conf.get(option).stream()
                .flatMap(entry -> expand(option, entry))
                .map(ResourceUri::toString)
                .collect(Collectors.joining(","));
    }

    private Stream<ResourceUri> expand(ConfigOption<List<String>> option, String entry) {
        ResourceUri uri = ResourceUri.resolve(entry, environment.workingDirectory());
        requireAllowed(option, uri);
        if (!GLOB.matcher(entry).find() || NOT_LISTED.contains(uri.scheme().toLowerCase(Locale.ROOT))) {
            return Stream.of(uri);
        }
        List<ResourceUri> found = globs.expand(new ResourceUri(uri.location(), null));
        if (found.isEmpty()) {
            throw new ConfigurationException(
                    "No file matches '%s' in %s. Correct the pattern or the working directory (%s)."
                            .formatted(entry, option.key(), environment.workingDirectory()));
        }
        if (found.size() > 1 && uri.fragment() != null) {
            throw new ConfigurationException(
                    "'%s' in %s matches %d files, but #%s can name only one. Make the pattern match one file."
                            .formatted(entry, option.key(), found.size(), uri.fragment()));
        }
        found.forEach(file -> {
            requireNoComma(file, option);
            requireAllowed(option, file);
        });
        return found.stream().map(file -> new ResourceUri(file.location(), uri.fragment()));
    }

    private void requireAllowed(ConfigOption<?> option, ResourceUri file) {
        if (file.isSubmitterLocal()) {
            environment.requireAllowed(option.key(), file.localPath());
        }
    }

    /** A comma would cut the file's name in two, here or in the driver. */
    static void requireNoComma(ResourceUri file, ConfigOption<List<String>> option) {
        String name = file.isSubmitterLocal() ? file.localPath().toString() : file.location();
        if (name.contains(",")) {
            throw new ConfigurationException("%s contains a comma, which separates the entries of %s. Rename the file."
                    .formatted(name, option.key()));
        }
    }
}
