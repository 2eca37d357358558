package io.jenkins.plugins.sparkk8s.jenkins.agent;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.tools.ant.DirectoryScanner;
import org.apache.tools.ant.types.selectors.SelectorUtils;

/**
 * Ant's patterns, as everywhere in Jenkins; what Ant leaves out by default is left out. Ant's own scanner cannot be
 * configured which links not to follow.
 */
final class AntPatterns {
    private static final Logger LOGGER = Logger.getLogger(AntPatterns.class.getName());

    private AntPatterns() {}

    static boolean isPattern(String text) {
        return text.contains("*") || text.contains("?");
    }

    /**
     * The files below a folder that match, relative to it, sorted.
     *
     * @param mayEnter asked for each folder before it is looked into
     * @throws IOException when the folder cannot be read, or the thread is interrupted
     */
    static List<String> files(Path folder, String pattern, List<String> excludes, Predicate<Path> mayEnter)
            throws IOException {
        Matches matches = new Matches(folder, pattern, excludes, mayEnter);
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, matches);
        return matches.found.stream().sorted().toList();
    }

    /** Collects while it walks. */
    private static final class Matches extends SimpleFileVisitor<Path> {
        private final List<String> found = new ArrayList<>();
        private final Path folder;
        private final String pattern;
        private final List<String> excludes;
        private final Predicate<Path> mayEnter;

        Matches(Path folder, String pattern, List<String> excludes, Predicate<Path> mayEnter) {
            this.folder = folder;
            this.pattern = local(pattern.endsWith("/") ? pattern + "**" : pattern);
            this.excludes = Stream.concat(excludes.stream(), Arrays.stream(DirectoryScanner.getDefaultExcludes()))
                    .map(Matches::local)
                    .toList();
            this.mayEnter = mayEnter;
        }

        private static String local(String pattern) {
            return pattern.replace("/", File.separator);
        }

        private String name(Path path) {
            return folder.relativize(path).toString();
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                throws InterruptedIOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted while listing files");
            }
            if (directory.equals(folder)) {
                return FileVisitResult.CONTINUE;
            }
            String name = name(directory);
            boolean open = SelectorUtils.matchPatternStart(pattern, name)
                    && excludes.stream().noneMatch(exclude -> exclude.endsWith("**") && matches(exclude, name))
                    && mayEnter.test(directory);
            return open ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = name(file);
            if (attributes.isRegularFile()
                    && matches(pattern, name)
                    && excludes.stream().noneMatch(exclude -> matches(exclude, name))) {
                found.add(name);
            }
            return FileVisitResult.CONTINUE;
        }

        /** A link that leads nowhere or in a circle, or a folder of another user. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException reason) {
            LOGGER.log(Level.FINE, reason, () -> "Not looked at: " + file);
            return FileVisitResult.CONTINUE;
        }

        private static boolean matches(String pattern, String name) {
            return SelectorUtils.matchPath(pattern, name);
        }
    }
}
