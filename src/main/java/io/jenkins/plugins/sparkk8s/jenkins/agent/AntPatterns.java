package io.jenkins.plugins.sparkk8s.jenkins.agent;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.tools.ant.DirectoryScanner;

/** Ant's patterns, as everywhere in Jenkins. */
final class AntPatterns {
    private AntPatterns() {}

    static boolean isPattern(String text) {
        return text.contains("*") || text.contains("?");
    }

    /** The files below a folder that match, relative to it, sorted; without those that Ant leaves out by default. */
    static List<String> files(Path folder, String pattern, List<String> excludes) {
        DirectoryScanner scanner = new DirectoryScanner();
        scanner.setBasedir(folder.toFile());
        scanner.setIncludes(new String[] {pattern});
        scanner.setExcludes(excludes.toArray(String[]::new));
        scanner.addDefaultExcludes();
        scanner.setErrorOnMissingDir(false);
        scanner.scan();
        return Arrays.stream(scanner.getIncludedFiles()).sorted().toList();
    }
}
