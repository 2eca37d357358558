package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** Between the HTTP server and the API: reads a request, lets the faults happen, writes the answer. */
final class ApiHandler extends Handler.Abstract {

    private static final Logger LOGGER = Logger.getLogger(ApiHandler.class.getName());

    private final RequestRouter router;
    private final Faults faults;
    private final RequestLog log;
    private ServerWebSocketContainer webSockets;

    ApiHandler(RequestRouter router, Faults faults, RequestLog log) {
        this.router = router;
        this.faults = faults;
        this.log = log;
    }

    void webSockets(ServerWebSocketContainer container) {
        this.webSockets = container;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        ApiRequest apiRequest = HttpRequests.read(request);
        User user = User.anonymous();
        List<Faults.Effect> effects = List.of();
        Answer answer;
        try {
            user = router.user(apiRequest);
            effects = effects(apiRequest);
            delay(effects);
            if (has(effects, Faults.Effect.Stall.class).isPresent()) {
                record(apiRequest, user, 0);
                faults.cleared().whenComplete((v, e) -> hangUp(request, callback));
                return true;
            }
            answer = answer(apiRequest, user, effects);
        } catch (ApiException refused) {
            answer = Answer.Body.error(refused);
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot answer " + apiRequest.method() + " " + apiRequest.path());
            answer = Answer.Body.error(new ApiException(500, "InternalError", "Internal error occurred: " + e));
        }
        boolean cut = has(effects, Faults.Effect.CutBody.class).isPresent();
        boolean upgrade = answer instanceof Answer.Watching && apiRequest.webSocket();
        record(apiRequest, user, cut ? 0 : upgrade ? 101 : answer.code());
        write(answer, cut, upgrade, request, response, callback);
        return true;
    }

    private static void hangUp(Request request, Callback callback) {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.failed(new IOException("stalled on demand"));
    }

    private Answer answer(ApiRequest request, User user, List<Faults.Effect> effects) {
        Optional<Faults.Effect.Refuse> refuse = has(effects, Faults.Effect.Refuse.class);
        if (refuse.isPresent()
                && refuse.get().code() == 403
                && refuse.get().message().equals(FaultStatus.message(403))) {
            throw RequestRouter.forbidden(user, request);
        }
        if (refuse.isPresent()) {
            throw FaultStatus.exception(
                    refuse.get().code(), refuse.get().message(), refuse.get().retryAfterSeconds());
        }
        Optional<Faults.Effect.RawBody> raw = has(effects, Faults.Effect.RawBody.class);
        if (raw.isPresent()) {
            byte[] body = raw.get().body().getBytes(StandardCharsets.UTF_8);
            return new Answer.Body(raw.get().code(), raw.get().contentType(), body, 0);
        }
        Answer answer = router.answer(request, user);
        has(effects, Faults.Effect.RefuseAfterDoing.class).ifPresent(late -> {
            throw FaultStatus.exception(late.code(), late.message(), 0);
        });
        return answer;
    }

    private void record(ApiRequest request, User user, int code) {
        log.add(new RequestRecord(request.method(), request.path(), request.rawQuery(), user.name(), code));
    }

    private List<Faults.Effect> effects(ApiRequest request) {
        return ResourcePath.parse(request.path())
                .map(path -> faults.take(path.verb(request), path.ruleName(), nameIn(path, request)))
                .orElse(List.of());
    }

    private static String nameIn(ResourcePath path, ApiRequest request) {
        boolean tooLarge = request.body().length > ApiRequest.BODY_MAX;
        if (!path.name().isEmpty() || !request.method().equals("POST") || tooLarge) {
            return path.name();
        }
        return Json.text(request.object(), "metadata", "name");
    }

    private void delay(List<Faults.Effect> effects) throws InterruptedException {
        for (Faults.Effect effect : effects) {
            if (effect instanceof Faults.Effect.Delay delay) {
                try {
                    faults.cleared().get(delay.duration().toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException over) {
                    LOGGER.log(Level.FINEST, "delayed as asked", over);
                } catch (ExecutionException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static <T extends Faults.Effect> Optional<T> has(List<Faults.Effect> effects, Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private void write(
            Answer answer, boolean cut, boolean upgrade, Request request, Response response, Callback callback)
            throws IOException {
        if (answer instanceof Answer.Body body) {
            HttpResponses.write(body, cut, response, callback);
        } else if (answer instanceof Answer.Stream stream) {
            try (InputStream in = stream.stream()) {
                HttpResponses.copy(stream, in, cut, response, callback);
            }
        } else if (answer instanceof Answer.Watching watching) {
            if (upgrade) {
                webSockets.upgrade((q, s, c) -> new WatchSocket(watching.start()), request, response, callback);
            } else {
                HttpResponses.watch(watching, response, callback);
            }
        }
    }
}
