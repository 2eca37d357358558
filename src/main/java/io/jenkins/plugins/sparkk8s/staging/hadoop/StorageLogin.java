package io.jenkins.plugins.sparkk8s.staging.hadoop;

import io.jenkins.plugins.sparkk8s.conf.SecretMask;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A credential and the storage that it may be used for: all of a bucket, container or name node, and nothing else.
 *
 * @param location any path of the storage
 */
public record StorageLogin(String location, StorageCredential credential) implements Serializable {
    private static final Pattern STORAGE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*:)(//[^/]*)?.*", Pattern.DOTALL);

    public StorageLogin {
        Objects.requireNonNull(location);
        Objects.requireNonNull(credential);
    }

    /** Whether a path is of the same storage: has the same scheme and host, bucket or container. */
    boolean isFor(String path) {
        String storage = storage(path);
        return !storage.isEmpty() && storage.equals(storage(location));
    }

    /** Empty for a path without a scheme. */
    private static String storage(String path) {
        Matcher form = STORAGE.matcher(path.strip());
        return form.matches() ? (form.group(1) + Objects.toString(form.group(2), "")).toLowerCase(Locale.ROOT) : "";
    }

    /** Hides the secrets of the credential. */
    public SecretMask mask() {
        return SecretMask.none().and(credential.secrets());
    }

    @Override
    public String toString() {
        return "%s for %s".formatted(credential, location);
    }
}
