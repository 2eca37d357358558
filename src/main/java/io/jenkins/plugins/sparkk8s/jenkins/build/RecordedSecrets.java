package io.jenkins.plugins.sparkk8s.jenkins.build;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of an {@link ApplicationRecord} that knows what must not be in it. The mask of the application's secrets is in
 * memory only; written down is which credentials they came from, so that the next controller can look them up, and a
 * keyed hash of each value, which tells whether the credential has still the value that the application got.
 */
abstract class RecordedSecrets implements Serializable {
    private static final long serialVersionUID = 1L;

    /** By the keys of secretConf; null when there are none. */
    private Map<String, String> secretCredentials;

    private Map<String, String> secretHashes;

    /** Null until the values are known to this controller. */
    private transient volatile SecretMask mask;

    /**
     * Where one secret value came from.
     *
     * @param key of the configuration
     * @param credentialsId of the credential that had the value
     * @param hash of the value, made with a key that only this Jenkins has
     */
    public record Source(String key, String credentialsId, String hash) {}

    /** From now on the values that came from these are hidden; to be called before the application can show them. */
    public final synchronized void secrets(Collection<Source> sources) {
        Map<String, String> credentials = new TreeMap<>();
        Map<String, String> hashes = new TreeMap<>();
        sources.forEach(source -> {
            credentials.put(source.key(), source.credentialsId());
            hashes.put(source.key(), source.hash());
        });
        secretCredentials = credentials.isEmpty() ? null : new LinkedHashMap<>(credentials);
        secretHashes = hashes.isEmpty() ? null : new LinkedHashMap<>(hashes);
    }

    /** Empty when the application has no secrets from credentials. */
    public final synchronized List<Source> secrets() {
        List<Source> sources = new ArrayList<>();
        if (secretCredentials != null) {
            secretCredentials.forEach((key, id) -> sources.add(new Source(key, id, secretHashes.get(key))));
        }
        return sources;
    }

    /** Hides what this mask hides, too, in all that is kept and shown from now on; what was hidden before stays hidden. */
    public final synchronized void hide(SecretMask more) {
        mask = mask == null ? more : mask.and(more);
        maskKept();
    }

    /** Masks once more what has been kept before there was a mask. */
    abstract void maskKept();

    /** Whether {@link #hide} was called by this controller. */
    public final boolean hasMask() {
        return mask != null;
    }

    /** What must be hidden; the mask of unknown values while there are secrets that nobody has looked up again. */
    public final SecretMask mask() {
        SecretMask known = mask;
        if (known != null) {
            return known;
        }
        return secrets().isEmpty() ? SecretMask.none() : SecretMask.unknown();
    }

    /** The text as it may be kept: without secrets, in one line, bounded. */
    final String kept(String text, int most) {
        return text == null ? null : BoundedText.line(mask().mask(text), most);
    }
}
