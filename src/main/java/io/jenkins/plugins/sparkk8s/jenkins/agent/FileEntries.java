package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.application.SubmitterEnvironment;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Turns the step's file arguments into URIs: patterns into the files they stand for, paths into absolute ones. */
final class FileEntries {
    private static final int MOST_NAMES = 5;

    private final SubmitterEnvironment environment;

    FileEntries(SubmitterEnvironment environment) {
        this.environment = environment;
    }

    /**
     * The entries of a list, separated by commas, as Spark's properties have them: in the order written, those of one
     * pattern sorted, each once.
     *
     * @param argument its name, for errors
     * @param folders what to take for a folder
     * @throws ConfigurationException when an entry stands for no file, or for one outside of the workspace
     */
    String list(String argument, String text, UnaryOperator<Path> folders) {
        Set<String> entries = new LinkedHashSet<>();
        Arrays.stream(text.split("[,\\r\\n]+"))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .forEach(entry -> entries.addAll(expand(argument, entry, folders)));
        return String.join(",", entries);
    }

    /**
     * One file, which may be given by a pattern.
     *
     * @throws ConfigurationException when it stands for no file or several, or for one outside of the workspace
     */
    String one(String argument, String text) {
        List<String> found = expand(argument, text.strip(), folder -> folder);
        if (found.size() != 1) {
            throw new ConfigurationException(
                    "%s is '%s', which matches %d files: %s%s. Write a pattern that matches one."
                            .formatted(
                                    argument,
                                    text,
                                    found.size(),
                                    found.stream()
                                            .limit(MOST_NAMES)
                                            .map(uri -> ResourceUri.of(uri).fileName())
                                            .collect(Collectors.joining(", ")),
                                    found.size() > MOST_NAMES ? ", …" : ""));
        }
        return found.get(0);
    }

    /** Whether a file is on another file system. */
    boolean isRemote(String location) {
        return ResourceUri.resolve(location.strip(), environment.workingDirectory())
                .isRemote();
    }

    /** The path of one file of the workspace, which is named without a pattern. */
    Path path(String argument, String text) {
        ResourceUri uri = ResourceUri.resolve(text, environment.workingDirectory());
        if (!uri.isSubmitterLocal()) {
            throw new ConfigurationException(
                    "%s is %s, but must be a file of the workspace.".formatted(argument, text));
        }
        Path path = existing(argument, text, localPath(text));
        if (Files.isDirectory(path)) {
            throw new ConfigurationException("%s is %s, a folder. Name a file.".formatted(argument, text));
        }
        return path;
    }

    private List<String> expand(String argument, String entry, UnaryOperator<Path> folders) {
        int hash = entry.indexOf('#');
        String location = hash < 0 ? entry : entry.substring(0, hash);
        String fragment = hash < 0 ? "" : entry.substring(hash);
        if (!ResourceUri.resolve(location, environment.workingDirectory()).isSubmitterLocal()) {
            return List.of(entry);
        }
        if (!AntPatterns.isPattern(location)) {
            Path path = existing(argument, location, localPath(location));
            return List.of(uri(Files.isDirectory(path) ? folders.apply(path) : path) + fragment);
        }
        List<Path> files = matching(argument, location);
        if (files.size() > 1 && !fragment.isEmpty()) {
            throw new ConfigurationException(
                    "%s has '%s', which matches %d files, but %s can name only one. Write a pattern that matches one."
                            .formatted(argument, entry, files.size(), fragment));
        }
        return files.stream().map(file -> uri(file) + fragment).toList();
    }

    /** With links followed to where they lead, as Spark does. */
    private static String uri(Path file) {
        return ResourceUri.resolve(file.toString(), file.getParent()).toString();
    }

    /** Not normalised: what follows a link and ".." would be another file than the one that is opened. */
    private Path localPath(String location) {
        try {
            return location.regionMatches(true, 0, "file:", 0, "file:".length())
                    ? ResourceUri.resolve(location, environment.workingDirectory())
                            .localPath()
                    : environment.workingDirectory().resolve(location);
        } catch (InvalidPathException e) {
            throw new ConfigurationException("'%s' is not a path: %s.".formatted(location, e.getReason()));
        }
    }

    private Path existing(String argument, String written, Path path) {
        environment.requireAllowed(argument, path);
        if (!Files.exists(path)) {
            throw new ConfigurationException(
                    "%s names %s, which does not exist in %s. Correct the path, or create the file before the step runs."
                            .formatted(argument, written, environment.workingDirectory()));
        }
        // Reading a pipe would wait forever.
        if (!Files.isRegularFile(path) && !Files.isDirectory(path)) {
            throw new ConfigurationException(
                    "%s names %s, which is neither a file nor a folder.".formatted(argument, written));
        }
        return path;
    }

    private List<Path> matching(String argument, String location) {
        Path workspace = environment.workingDirectory();
        environment.requireAllowed(argument, firstFolder(localPath(location)));
        String pattern = relative(localPath(location));
        List<Path> found = matching(workspace, pattern);
        if (found.isEmpty()) {
            throw new ConfigurationException(
                    "%s has '%s', which matches no file in %s. Correct the pattern, or create the files before the step runs."
                            .formatted(argument, location, workspace));
        }
        found.forEach(file -> {
            environment.requireAllowed(argument, file);
            requireNoComma(argument, file);
        });
        return found;
    }

    /** Folders that a link leads to outside of the workspace are passed over: they may not be meant. */
    private List<Path> matching(Path workspace, String pattern) {
        try {
            return AntPatterns.files(
                            workspace,
                            pattern,
                            List.of(),
                            folder -> environment.files().refusal(folder).isEmpty())
                    .stream()
                    .map(workspace::resolve)
                    .toList();
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The files of %s cannot be listed: %s.".formatted(workspace, e.getMessage()));
        }
    }

    /** What is in front of the first part that has a wildcard. */
    private static Path firstFolder(Path pattern) {
        Path folder = pattern;
        while (AntPatterns.isPattern(folder.toString())) {
            folder = folder.getParent();
        }
        return folder;
    }

    private String relative(Path pattern) {
        Path workspace = environment.workingDirectory();
        Path normal = pattern.normalize();
        if (!normal.startsWith(workspace)) {
            throw new ConfigurationException("The pattern %s points outside of %s. Write it relative to that folder."
                    .formatted(pattern, workspace));
        }
        return workspace.relativize(normal).toString();
    }

    private static void requireNoComma(String argument, Path file) {
        if (file.toString().contains(",")) {
            throw new ConfigurationException(
                    "%s matches %s, whose comma would separate entries. Rename the file.".formatted(argument, file));
        }
    }
}
