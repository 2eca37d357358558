package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Counts what an API server does not do; changes nothing. */
record ApiErrorInterceptor(String apiServer, ApiErrorCounts counts) implements Interceptor {
    static final String NAME = "SPARK-API-ERRORS";

    /** What OkHttp says of a request that we do not need any longer. */
    private static final String CANCELLED = "Canceled";

    @Override
    public CompletableFuture<Boolean> afterFailure(BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
        counts.status(apiServer, response.code());
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        if (failure instanceof IOException && !CANCELLED.equals(failure.getMessage())) {
            counts.unreachable(apiServer);
        }
    }
}
