package io.jenkins.plugins.sparkk8s.jenkins.model;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.function.Supplier;
import jenkins.model.Jenkins;

/**
 * Who may ask a form for what. Form methods can be called by any user who may log in, so each asks here before it looks
 * at anything.
 */
public final class FormAccess {
    private FormAccess() {}

    /** The check's outcome for users who may configure the job; for others nothing is looked at and nothing said. */
    public static FormValidation check(Item item, Supplier<FormValidation> check) {
        boolean allowed =
                item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
        return allowed ? check.get() : FormValidation.ok();
    }

    /** Whether the clusters and credentials that the job may use may be listed. */
    public static boolean mayList(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /**
     * The choices with the value that is set now among them: a browser takes the first choice when the value is
     * missing, so that saving the form would silently change it (a variable, or a cluster that was renamed).
     */
    public static ListBoxModel keeping(String current, ListBoxModel choices) {
        String value = Util.fixNull(current);
        if (!value.isEmpty() && choices.stream().noneMatch(choice -> choice.value.equals(value))) {
            choices.add(value, value);
        }
        return choices;
    }
}
