package io.jenkins.plugins.sparkk8s.jenkins.record;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * The part of an {@link ApplicationRecord} that hides the application's secrets in what it keeps. The mask is in memory only;
 * written down is where the values came from.
 */
abstract class MaskedRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    private RecordedSecrets secrets = RecordedSecrets.NONE;

    /** Null until the values of its secrets are known to this controller. */
    private transient volatile SecretMask mask;

    /** Masks once more what has been kept before there was a mask. */
    abstract void maskKept();

    /** Another version may have written less. */
    final synchronized void completeSecrets() {
        secrets = Objects.requireNonNullElse(secrets, RecordedSecrets.NONE);
    }

    /** From now on the values that came from these are hidden; to be called before the application can show them. */
    public final synchronized void secrets(Collection<SecretSource> sources) {
        secrets = secrets.from(sources);
    }

    /** Empty when the application has no secrets from credentials. */
    public final synchronized List<SecretSource> secrets() {
        return secrets.sources();
    }

    /** @param hash keyed, of all values that look secret and came from no credential; null when there are none */
    public final synchronized void confSecrets(String hash) {
        secrets = secrets.withConf(hash);
    }

    /** See {@link #confSecrets}. */
    public final synchronized String confSecretsHash() {
        return secrets.confHash();
    }

    /** @param hash keyed, of all values that the build itself hides; null when there are none */
    public final synchronized void buildSecrets(String hash) {
        secrets = secrets.withBuild(hash);
    }

    /** See {@link #buildSecrets}. */
    public final synchronized String buildSecretsHash() {
        return secrets.buildHash();
    }

    /** Hides what this mask hides, too, in all that is kept and shown from now on; what was hidden before stays hidden. */
    public final synchronized void hide(SecretMask more) {
        mask = mask == null ? more : mask.and(more);
        maskKept();
    }

    /** Whether {@link #hide} was called by this controller. */
    public final boolean hasMask() {
        return mask != null;
    }

    /** What must be hidden; the mask of unknown values while there are secrets that have not been looked up again. */
    public final SecretMask mask() {
        SecretMask known = mask;
        if (known != null) {
            return known;
        }
        synchronized (this) {
            return secrets.isEmpty() ? SecretMask.none() : SecretMask.unknown();
        }
    }

    /** The text as it may be kept: without secrets, in one line, bounded. */
    final String kept(String text, int most) {
        return text == null ? null : BoundedText.line(mask().mask(text), most);
    }

    /** The texts as they may be kept; none while the mask is not known, since a line of a pod may hold any secret. */
    final List<String> kept(List<String> texts, int most) {
        return mask().isUnknown()
                ? List.of()
                : texts.stream().map(text -> kept(text, most)).toList();
    }
}
