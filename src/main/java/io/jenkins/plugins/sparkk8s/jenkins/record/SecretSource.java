package io.jenkins.plugins.sparkk8s.jenkins.record;

/**
 * Where one secret value of an application came from.
 *
 * @param key of the configuration
 * @param credentialsId of the credential that had the value
 * @param hash of the value, made with a key that only this Jenkins has; null when it is not known
 */
public record SecretSource(String key, String credentialsId, String hash) {}
