package io.jenkins.plugins.sparkk8s.jenkins.submission;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.PasswordCredentials;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Looks up the credentials that a step names, as the build may; each look-up is tracked. */
record SecretValues(Run<?, ?> run) {

    /**
     * One entry of secretConf.
     *
     * @param value what the credential has
     */
    record Value(String key, String credentialsId, String value) {
        @Override
        public String toString() {
            return "the value of %s from %s".formatted(key, credentialsId);
        }
    }

    /** @throws AbortException when an entry is incomplete, or there is no such credential, or not for this job */
    List<Value> of(List<SecretConf> entries, EnvVars environment) throws IOException {
        Map<String, Value> values = new LinkedHashMap<>();
        for (SecretConf entry : entries) {
            String key = Util.fixEmptyAndTrim(environment.expand(entry.getKey()));
            String id = Util.fixEmptyAndTrim(environment.expand(entry.getCredentialsId()));
            if (key == null || id == null) {
                throw new AbortException("An entry of secretConf has no %s. Each needs a key and a credentialsId."
                        .formatted(key == null ? "key" : "credentialsId"));
            }
            values.put(key, new Value(key, id, value(key, id)));
        }
        return List.copyOf(values.values());
    }

    /** @throws AbortException when there is no such credential, or not for this job */
    String value(String key, String id) throws IOException {
        StandardCredentials credentials = CredentialsProvider.findCredentialById(id, StandardCredentials.class, run);
        if (credentials == null) {
            throw new AbortException(
                    "There is no credential '%s' for %s that this job may use. Correct credentialsId, or ask for the credential."
                            .formatted(id, key));
        }
        CredentialsProvider.track(run, credentials);
        return text(key, credentials);
    }

    private static String text(String key, IdCredentials credentials) throws IOException {
        if (credentials instanceof StringCredentials text) {
            return text.getSecret().getPlainText();
        }
        if (credentials instanceof FileCredentials file) {
            try (InputStream content = file.getContent()) {
                return new String(content.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
        if (credentials instanceof PasswordCredentials password) {
            return password.getPassword().getPlainText();
        }
        throw new AbortException(
                "The credential '%s' cannot be the value of %s. Use a secret text, a secret file or a password."
                        .formatted(credentials.getId(), key));
    }
}
