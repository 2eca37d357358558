package io.jenkins.plugins.sparkk8s.jenkins.model;

import hudson.Extension;
import hudson.model.Describable;
import hudson.model.Descriptor;
import java.io.Serializable;
import org.kohsuke.stapler.DataBoundConstructor;

/** A configuration key whose value is a credential: it travels in a Secret that the driver pod owns, never in a ConfigMap. */
public final class SecretConf implements Describable<SecretConf>, Serializable {
    private static final long serialVersionUID = 1L;

    private final String key;
    private final String credentialsId;

    /**
     * @param key a Spark configuration key
     * @param credentialsId a secret text, whose text is the value, or a secret file, whose content is
     */
    @DataBoundConstructor
    public SecretConf(String key, String credentialsId) {
        this.key = key;
        this.credentialsId = credentialsId;
    }

    public String getKey() {
        return key;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<SecretConf> {
        @Override
        public String getDisplayName() {
            return Texts.of("SecretConf.DisplayName");
        }
    }
}
