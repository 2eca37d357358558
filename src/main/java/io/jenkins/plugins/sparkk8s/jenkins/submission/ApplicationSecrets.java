package io.jenkins.plugins.sparkk8s.jenkins.submission;

import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import io.jenkins.plugins.sparkk8s.jenkins.agent.JobStorage;
import io.jenkins.plugins.sparkk8s.jenkins.model.SecretConf;
import io.jenkins.plugins.sparkk8s.jenkins.record.ApplicationRecord;
import io.jenkins.plugins.sparkk8s.jenkins.record.SecretSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.HMACConfidentialKey;

/**
 * The values of {@code secretConf} of one application: looked up when it is submitted, and again after a restart, so that
 * whatever shows something of the application can hide them ({@link ApplicationRecord#mask}). Beside them stand values that look
 * secret in the rest of the configuration, and those that the build itself hides.
 *
 * <p>The driver keeps the values that it got. When a credential has been deleted, or has another value meanwhile, or a properties
 * file had secrets, the mask cannot be made again, and texts of the application are not shown at all.
 */
public record ApplicationSecrets(ApplicationRecord record, Run<?, ?> run) {
    private static final Logger LOGGER = Logger.getLogger(ApplicationSecrets.class.getName());

    /** A hash without a key would reveal a short password. */
    private static final HMACConfidentialKey HASH = new HMACConfidentialKey(ApplicationSecrets.class, "value");

    /**
     * Looks the values up for a submission; from then on they are hidden.
     *
     * @param conf the rest of the configuration, of which values that look secret are hidden, too
     * @param build its sensitive values are hidden as well, since a driver that gets one as an argument may print it
     * @return the values by their keys
     * @throws hudson.AbortException when an entry is incomplete, or there is no such credential, or not for this job
     */
    public Map<String, String> lookUp(List<SecretConf> entries, BuildContext build, Map<String, String> conf)
            throws IOException, InterruptedException {
        List<SecretValues.Value> values = new SecretValues(run).of(entries, build.environment());
        Map<String, String> byKey = new TreeMap<>();
        values.forEach(value -> byKey.put(value.key(), value.value()));
        record.secrets(values.stream()
                .map(value -> new SecretSource(value.key(), value.credentialsId(), HASH.mac(value.value())))
                .toList());
        SecretMask ofBuild = SecretMask.none().and(build.sensitiveValues());
        record.buildSecrets(digest(ofBuild));
        record.hide(SecretMask.of(SparkConf.of(conf).withSecrets(byKey)).and(ofBuild));
        return byKey;
    }

    /**
     * The whole configuration is known, that of a properties file included: hides what looks secret in it, and keeps a hash of
     * what came from no credential, for {@link #restore}.
     */
    void prepared(SparkConf properties) {
        record.hide(SecretMask.of(properties));
        Map<String, String> plain = new TreeMap<>(properties.toMap());
        plain.keySet().removeAll(properties.secretKeys());
        record.confSecrets(digest(SecretMask.of(SparkConf.of(plain))));
    }

    /** Null when nothing is hidden. */
    private static String digest(SecretMask mask) {
        return mask.digest(HASH::mac).orElse(null);
    }

    private static boolean isSame(String recorded, SecretMask mask) {
        return recorded == null || recorded.equals(digest(mask));
    }

    /**
     * Makes the mask again of what the record has, unless this controller has it, or a submission will look the values up.
     * Blocks while credentials are looked up.
     *
     * @param conf what is known of the configuration beside secretConf; a properties file is not read again
     * @param ofBuild what the build itself hides, as far as it is known
     * @param uploads hides the credential of the upload path
     */
    public void restore(Map<String, String> conf, Set<String> ofBuild, Supplier<SecretMask> uploads) {
        if (record.hasMask() || record.isStaging() || record.hasEnded()) {
            return;
        }
        List<String> values = new ArrayList<>();
        boolean complete = true;
        for (SecretSource source : record.secrets()) {
            try {
                String value = new SecretValues(run).value(source.key(), source.credentialsId());
                values.add(value);
                complete &= source.hash() != null && HASH.checkMac(value, source.hash());
            } catch (IOException | RuntimeException e) {
                // Providers of credentials are plugins, which fail in ways of their own.
                LOGGER.log(Level.FINE, e, () -> "The credential %s cannot be read".formatted(source.credentialsId()));
                complete = false;
            }
        }
        SecretMask ofConf = SecretMask.of(SparkConf.of(conf));
        SecretMask sensitive = SecretMask.none().and(ofBuild);
        complete &= isSame(record.confSecretsHash(), ofConf) && isSame(record.buildSecretsHash(), sensitive);
        SecretMask known = ofConf.and(values).and(sensitive).and(uploads.get());
        record.hide(complete ? known : known.and(SecretMask.unknown()));
    }

    /**
     * What the job says of the storage of its uploads, with its keys as they are now. Blocks while credentials are looked up.
     *
     * @throws IOException when a key cannot be looked up any more
     */
    public JobStorage storage() throws IOException {
        Map<String, String> keys = new TreeMap<>();
        for (SecretSource source : record.secrets()) {
            if (JobStorage.isUsed(source.key())) {
                try {
                    keys.put(source.key(), new SecretValues(run).value(source.key(), source.credentialsId()));
                } catch (RuntimeException e) {
                    throw new IOException(
                            "The credential '%s' for %s cannot be read."
                                    .formatted(source.credentialsId(), source.key()),
                            e);
                }
            }
        }
        return new JobStorage(record.uploadSettings(), keys);
    }
}
