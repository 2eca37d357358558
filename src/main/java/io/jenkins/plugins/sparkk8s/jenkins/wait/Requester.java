package io.jenkins.plugins.sparkk8s.jenkins.wait;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.security.Permission;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Which applications a build may ask for: those of its own job; and those of other jobs on which the user that it runs as has a
 * permission. Builds run as SYSTEM unless an administrator has set who they run as; since SYSTEM has every permission, it stands
 * for no user here.
 *
 * @param run the build that asks
 * @param authentication as whom it runs
 */
record Requester(Run<?, ?> run, Authentication authentication) {

    boolean may(Permission permission, Job<?, ?> owner) {
        return owner.getFullName().equals(run.getParent().getFullName())
                || !Jenkins.get().isUseSecurity()
                || (!ACL.SYSTEM2.equals(authentication) && canSee(owner) && has(permission, owner));
    }

    /** A job is to be seen only by those who see each folder around it. */
    private boolean canSee(Item item) {
        return has(Item.READ, item) && (!(item.getParent() instanceof Item folder) || canSee(folder));
    }

    private boolean has(Permission permission, Item item) {
        return item.getACL().hasPermission2(authentication, permission);
    }
}
