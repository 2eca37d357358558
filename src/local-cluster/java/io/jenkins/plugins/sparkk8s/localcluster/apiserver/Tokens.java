package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives out bearer tokens and knows whose they are. The tokens have the shape of a JSON web token, so that tools which
 * look into them find what they expect; their signature is random, and they are known by their text alone.
 */
final class Tokens {

    private static final ResourceType ACCOUNTS = ResourceTypes.core("serviceaccounts");

    private final Store store;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();
    private final String admin;

    Tokens(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        this.admin = encode(random.generateSeed(24));
    }

    /** The token of a user who may do everything. */
    String admin() {
        return admin;
    }

    /**
     * A token of a service account; it ends with the account or after the given time.
     *
     * @throws ApiException 404 when there is no such service account
     */
    String issue(String namespace, String account, Duration life) {
        ObjectNode object = store.get(ACCOUNTS, new ObjectKey(namespace, account))
                .orElseThrow(() -> ApiException.notFound(ACCOUNTS, account));
        Instant end = clock.instant().plus(life);
        grants.values().removeIf(g -> g.end().isBefore(clock.instant()));
        String token = webToken(namespace, account, end);
        grants.put(token, new Grant(namespace, account, Json.text(object, "metadata", "uid"), end));
        return token;
    }

    /** Whose token it is, empty when it is unknown, too old, or of a service account that is gone. */
    Optional<User> user(String token) {
        if (token.equals(admin)) {
            return Optional.of(User.admin());
        }
        Grant grant = grants.get(token);
        if (grant == null || grant.end().isBefore(clock.instant())) {
            return Optional.empty();
        }
        return store.get(ACCOUNTS, new ObjectKey(grant.namespace(), grant.account()))
                .filter(a -> Json.text(a, "metadata", "uid").equals(grant.uid()))
                .map(a -> User.serviceAccount(grant.namespace(), grant.account()));
    }

    private String webToken(String namespace, String account, Instant end) {
        ObjectNode claims = Json.object();
        claims.put("sub", User.SERVICE_ACCOUNT + namespace + ":" + account);
        claims.put("iss", "https://kubernetes.default.svc.cluster.local");
        claims.put("exp", end.getEpochSecond()).put("iat", clock.instant().getEpochSecond());
        byte[] signature = new byte[32];
        random.nextBytes(signature);
        return encode("{\"alg\":\"RS256\"}".getBytes(StandardCharsets.UTF_8)) + "." + encode(Json.bytes(claims)) + "."
                + encode(signature);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private record Grant(String namespace, String account, String uid, Instant end) {}
}
