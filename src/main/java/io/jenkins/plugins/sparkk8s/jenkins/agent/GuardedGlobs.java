package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.application.GlobExpander;
import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Resolves patterns only in folders that a job may list, and accepts only files of that folder: the text of a pattern
 * proves little, as <code>{../}{../}other/*</code> shows.
 *
 * @param policy allows folders
 * @param onController whether this is the controller's JVM, which resolves no remote pattern
 * @param globs resolves a pattern
 */
record GuardedGlobs(UploadPolicy policy, boolean onController, GlobExpander globs) implements GlobExpander {
    /** What begins a pattern: Hadoop's wildcards, and the backslash that escapes the next character. */
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{\\\\]");

    @Override
    public List<ResourceUri> expand(ResourceUri pattern) {
        if (pattern.isSubmitterLocal()) {
            return globs.expand(pattern);
        }
        if (onController) {
            throw refusal(
                    pattern, "since the step runs on the controller, which contacts no file system for a pattern");
        }
        String folder = fixedFolder(pattern.location());
        if (!policy.isConfigured(folder) && !UploadPolicy.isRemote(folder)) {
            throw refusal(pattern, "because its scheme may refer to files of the agent");
        }
        List<ResourceUri> found = globs.expand(pattern);
        found.stream()
                .filter(file -> !UploadPolicy.isBelow(folder, file.location()))
                .findFirst()
                .ifPresent(outside -> {
                    throw refusal(pattern, "because it leads outside of " + folder);
                });
        return found;
    }

    /**
     * The folder that all that is found must be in, whatever the pattern makes of dots, braces and backslashes behind
     * it.
     */
    private static String fixedFolder(String pattern) {
        Matcher wildcard = WILDCARD.matcher(pattern);
        String fixed = wildcard.find() ? pattern.substring(0, wildcard.start()) : pattern;
        return fixed.substring(0, fixed.lastIndexOf('/') + 1);
    }

    private static ConfigurationException refusal(ResourceUri pattern, String reason) {
        return new ConfigurationException(
                "The pattern %s is not resolved, %s. List each file.".formatted(pattern, reason));
    }
}
