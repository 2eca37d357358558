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

    /** In the path of a request that the API server passes on to a port of a pod. */
    private static final String POD_PROXY = "/proxy/";

    @Override
    public CompletableFuture<Boolean> afterFailure(BasicBuilder builder, HttpResponse<?> response, RequestTags tags) {
        if (response.code() < ApiErrorCounts.FAILED || !isForPod(response.request())) {
            counts.status(apiServer, response.code());
        }
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public void afterConnectionFailure(HttpRequest request, Throwable failure) {
        if (failure instanceof IOException && !CANCELLED.equals(failure.getMessage())) {
            counts.unreachable(apiServer);
        }
    }

    /** A pod that does not answer, as a driver that has no REST API yet or any longer, is no fault of the API server. */
    private static boolean isForPod(HttpRequest request) {
        return request.uri().getPath().contains(POD_PROXY);
    }
}
