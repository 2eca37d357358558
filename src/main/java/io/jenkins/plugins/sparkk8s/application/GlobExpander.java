package io.jenkins.plugins.sparkk8s.application;

import java.util.List;

/** Finds the files that a pattern stands for, on whichever file system it names. */
@FunctionalInterface
public interface GlobExpander {
    /** The matching files in order; empty when none matches. The pattern has no fragment. */
    List<ResourceUri> expand(ResourceUri pattern);
}
