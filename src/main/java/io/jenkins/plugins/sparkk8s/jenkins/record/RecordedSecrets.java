package io.jenkins.plugins.sparkk8s.jenkins.record;

import com.thoughtworks.xstream.annotations.XStreamAlias;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which secrets an application has, without their values: the credentials that they came from, so that the next controller
 * can look them up, and keyed hashes, which show whether the values are still the same. Immutable.
 */
@XStreamAlias("sparkSecrets")
final class RecordedSecrets implements Serializable {
    static final RecordedSecrets NONE = new RecordedSecrets(null, null, null, null);

    private static final long serialVersionUID = 1L;

    /** By the keys of secretConf; null when there are none. */
    private final Map<String, String> credentials;

    private final Map<String, String> hashes;

    /** Of all values that look secret and came from no credential; null when there are none. */
    private final String confHash;

    /** Of all values that the build itself hides; null when there are none. */
    private final String buildHash;

    private RecordedSecrets(
            Map<String, String> credentials, Map<String, String> hashes, String confHash, String buildHash) {
        this.credentials = credentials;
        this.hashes = hashes;
        this.confHash = confHash;
        this.buildHash = buildHash;
    }

    RecordedSecrets from(Collection<SecretSource> sources) {
        Map<String, String> ids = new TreeMap<>();
        Map<String, String> macs = new TreeMap<>();
        sources.forEach(source -> {
            ids.put(source.key(), source.credentialsId());
            macs.put(source.key(), source.hash());
        });
        return ids.isEmpty()
                ? new RecordedSecrets(null, null, confHash, buildHash)
                : new RecordedSecrets(new LinkedHashMap<>(ids), new LinkedHashMap<>(macs), confHash, buildHash);
    }

    /** @param hash null when no value of the rest of the configuration looks secret */
    RecordedSecrets withConf(String hash) {
        return new RecordedSecrets(credentials, hashes, hash, buildHash);
    }

    /** @param hash null when the build hides nothing */
    RecordedSecrets withBuild(String hash) {
        return new RecordedSecrets(credentials, hashes, confHash, hash);
    }

    List<SecretSource> sources() {
        List<SecretSource> sources = new ArrayList<>();
        if (credentials != null) {
            credentials.forEach((key, id) -> sources.add(new SecretSource(key, id, hashes.get(key))));
        }
        return sources;
    }

    String confHash() {
        return confHash;
    }

    String buildHash() {
        return buildHash;
    }

    boolean isEmpty() {
        return credentials == null && confHash == null && buildHash == null;
    }
}
