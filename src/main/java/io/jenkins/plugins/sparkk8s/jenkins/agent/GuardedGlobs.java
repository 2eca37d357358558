package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.application.GlobExpander;
import io.jenkins.plugins.sparkk8s.application.ResourceUri;
import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.util.List;

/**
 * Looks patterns up only where a job may look.
 *
 * @param policy says where
 * @param onController whether there is no agent in between: then only the administrator's own folder is looked at
 * @param globs does the look-up
 */
record GuardedGlobs(UploadPolicy policy, boolean onController, GlobExpander globs) implements GlobExpander {
    @Override
    public List<ResourceUri> expand(ResourceUri pattern) {
        if (!pattern.isSubmitterLocal() && !mayLookAt(pattern.location())) {
            throw new ConfigurationException(
                    "The pattern %s is not looked up%s. Name each file.".formatted(pattern, reason()));
        }
        return globs.expand(pattern);
    }

    private boolean mayLookAt(String location) {
        return policy.isConfigured(location) || !onController && UploadPolicy.isRemote(location);
    }

    private String reason() {
        return onController
                ? ", since the step has no workspace and Jenkins itself would have to do it"
                : ", since its scheme may lead to files of the agent";
    }
}
