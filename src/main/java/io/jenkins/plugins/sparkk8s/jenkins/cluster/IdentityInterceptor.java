package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import hudson.AbortException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.HttpURLConnection;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Signs each request, and reads the identity again when the API server does not accept it any more. It takes the place
 * of fabric8's own interceptor, which knows nothing of Jenkins' credentials.
 *
 * <p>Lives as long as its client. Any number of threads use it; the first that reads reads for all.
 */
final class IdentityInterceptor implements Interceptor {
    private static final Logger LOGGER = Logger.getLogger(IdentityInterceptor.class.getName());
    private static final String HEADER = "Authorization";

    private final IdentitySource source;
    private volatile String authorization;

    IdentityInterceptor(IdentitySource source, Identity identity) {
        this.source = source;
        this.authorization = identity.authorization();
    }

    /** What another thread has just read. */
    void use(Identity identity) {
        authorization = identity.authorization();
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        String current = authorization;
        if (current != null) {
            builder.setHeader(HEADER, current);
        }
    }

    @Override
    public CompletableFuture<Boolean> afterFailure(BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
        boolean again =
                response.code() == HttpURLConnection.HTTP_UNAUTHORIZED && signAgain(builder, response.request());
        return CompletableFuture.completedFuture(again);
    }

    private boolean signAgain(BasicBuilder builder, HttpRequest refused) {
        String current = newer(refused == null ? authorization : refused.header(HEADER));
        if (current == null) {
            return false;
        }
        builder.setHeader(HEADER, current);
        return true;
    }

    /** Another header than the refused one; null when there is none. */
    private synchronized String newer(String refused) {
        if (authorization == null || authorization.equals(refused)) {
            try {
                authorization = source.read(null).authorization();
            } catch (AbortException e) {
                LOGGER.log(Level.FINE, "The identity cannot be read again: {0}", e.getMessage());
                return null;
            }
        }
        String current = authorization;
        return current == null || current.equals(refused) ? null : current;
    }
}
