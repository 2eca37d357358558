package io.jenkins.plugins.sparkk8s.jenkins.model;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.PasswordCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.thoughtworks.xstream.annotations.XStreamAlias;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.sparkk8s.conf.KeyPrefixes;
import io.jenkins.plugins.sparkk8s.conf.Redaction;
import java.io.Serializable;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.springframework.security.core.Authentication;

/**
 * A configuration key whose value is a credential: it travels in a Secret that the driver pod owns, never in a
 * ConfigMap.
 */
@XStreamAlias("sparkSecretConf")
public final class SecretConf implements Describable<SecretConf>, Serializable {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String credentialsId;

    /**
     * @param key a Spark configuration key
     * @param credentialsId a secret text, whose text is the value, a secret file, whose content is, or one with a
     * password, such as a user name with password, whose password is
     */
    @DataBoundConstructor
    public SecretConf(String key, String credentialsId) {
        this.key = Util.fixEmptyAndTrim(key);
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    public String getKey() {
        return key;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** Whether it was added to the form and then left empty. */
    public boolean isEmpty() {
        return key == null && credentialsId == null;
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<SecretConf> {
        @Override
        public String getDisplayName() {
            return Messages.SecretConf_DisplayName();
        }

        /**
         * What the submission takes and the job may use; for users who may not see them, what is set now and nothing
         * else.
         */
        @RequirePOST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            StandardListBoxModel items = new StandardListBoxModel();
            if (FormAccess.mayList(item)) {
                Authentication user = item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
                items.includeEmptyValue()
                        .includeMatchingAs(
                                user,
                                item,
                                StandardCredentials.class,
                                List.of(),
                                CredentialsMatchers.anyOf(
                                        CredentialsMatchers.instanceOf(StringCredentials.class),
                                        CredentialsMatchers.instanceOf(FileCredentials.class),
                                        CredentialsMatchers.instanceOf(PasswordCredentials.class)));
            }
            return items.includeCurrentValue(Util.fixNull(credentialsId));
        }

        @RequirePOST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.required(value, text -> FormValidation.ok()));
        }

        @RequirePOST
        public FormValidation doCheckKey(@AncestorInPath Item item, @QueryParameter String value) {
            return FormAccess.check(item, () -> FieldChecks.required(value, DescriptorImpl::key));
        }

        /**
         * Spark hides what matches its rule and nothing else, so that another key would show its value in the Spark UI.
         */
        private static FormValidation key(String value) {
            return FieldChecks.given(value, text -> {
                if (!text.startsWith(KeyPrefixes.SPARK)) {
                    return FormValidation.error(Messages.SecretConf_NotSpark(text));
                }
                return Redaction.defaults().matches(text)
                        ? FormValidation.ok()
                        : FormValidation.warning(Messages.SecretConf_NotHidden(text));
            });
        }
    }
}
