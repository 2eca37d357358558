package io.jenkins.plugins.sparkk8s.bench.controller;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * Answers as an API server does what the monitoring of applications asks for: lists of pods in pages, the watch of all, the
 * drivers' logs. Not compressed.
 */
final class PodApi extends Handler.Abstract {
    private static final String PODS = "/api/v1/namespaces/" + BenchPod.NAMESPACE + "/pods";
    private static final String LOG = "/log";
    private static final int GONE = 410;
    private static final int BUFFER = 64 * 1024;

    private final ServerSettings settings;
    private final PodStore store;
    private final DriverLog logs;
    private final ListPages pages = new ListPages();
    private final ScheduledExecutorService scheduler;
    private final PodTemplate template;
    private final Map<RequestKind, LongAdder> requests = new EnumMap<>(RequestKind.class);
    private final LongAdder bytes = new LongAdder();
    private ServerWebSocketContainer webSockets;

    PodApi(ServerSettings settings, PodStore store, ScheduledExecutorService scheduler) throws IOException {
        this.settings = settings;
        this.store = store;
        this.scheduler = scheduler;
        this.logs = new DriverLog(settings.isChatty());
        this.template = new PodTemplate();
        for (RequestKind kind : RequestKind.values()) {
            requests.put(kind, new LongAdder());
        }
    }

    void webSockets(ServerWebSocketContainer container) {
        this.webSockets = container;
    }

    long requests(RequestKind kind) {
        return requests.get(kind).sum();
    }

    /** Sent in the bodies of answers, the watch's left out. */
    long bytes() {
        return bytes.sum();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String path = request.getHttpURI().getPath();
        Fields query = Request.extractQueryParameters(request);
        if (path.equals(PODS) && "true".equals(query.getValue("watch"))) {
            count(RequestKind.WATCH);
            long after = Long.parseLong(query.getValue("resourceVersion"));
            webSockets.upgrade(
                    (q, s, c) -> new PodWatchSocket(store, template, after, scheduler), request, response, callback);
        } else if (path.equals(PODS)) {
            list(query, response, callback);
        } else if (path.startsWith(PODS) && path.endsWith(LOG)) {
            log(BenchPod.index(path.substring(PODS.length() + 1)), query, response, callback);
        } else if (path.contains("/proxy/")) {
            count(RequestKind.PROGRESS);
            delay(settings.getMillis());
            json(response, callback, "[]");
        } else if (path.startsWith(PODS)) {
            get(path.substring(PODS.length() + 1), response, callback);
        } else {
            count(RequestKind.OTHER);
            json(response, callback, "{\"kind\":\"EventList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[]}");
        }
        return true;
    }

    private void count(RequestKind kind) {
        requests.get(kind).increment();
    }

    private static void delay(int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    private void get(String name, Response response, Callback callback) throws IOException, InterruptedException {
        count(RequestKind.DRIVER);
        delay(settings.getMillis());
        List<BenchPod> pods = store.list(new PodSelection(name, null, null)).pods();
        if (pods.isEmpty()) {
            response.setStatus(404);
            json(response, callback, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":404}");
        } else {
            json(response, callback, template.json(pods.get(0)));
        }
    }

    private void json(Response response, Callback callback, String text) throws IOException {
        begin(response, "application/json");
        try (OutputStream out = body(response)) {
            write(out, text);
        }
        callback.succeeded();
    }

    private static void begin(Response response, String type) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    }

    private static OutputStream body(Response response) {
        return new BufferedOutputStream(Content.Sink.asOutputStream(response), BUFFER);
    }

    private void write(OutputStream out, String text) throws IOException {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes.add(encoded.length);
        out.write(encoded);
    }

    private void list(Fields query, Response response, Callback callback) throws IOException, InterruptedException {
        PodSelection selection = PodSelection.of(query.getValue("fieldSelector"), query.getValue("labelSelector"));
        count(selection.isOneDriver() ? RequestKind.DRIVER : RequestKind.LIST);
        delay(selection.isOneDriver() ? settings.getMillis() : settings.listMillis());
        String limit = query.getValue("limit");
        String token = query.getValue("continue");
        ListPages.Page page = token == null
                ? pages.first(store.list(selection), limit == null ? Integer.MAX_VALUE : Integer.parseInt(limit))
                : pages.next(token);
        if (page == null) {
            response.setStatus(GONE);
            json(response, callback, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":410}");
            return;
        }
        begin(response, "application/json");
        try (OutputStream out = body(response)) {
            write(out, head(page));
            String comma = "";
            for (BenchPod pod : page.pods()) {
                write(out, comma + template.json(pod));
                comma = ",";
            }
            write(out, "]}");
        }
        callback.succeeded();
    }

    private static String head(ListPages.Page page) {
        String more = page.next() == null
                ? ""
                : ",\"continue\":\"%s\",\"remainingItemCount\":%d".formatted(page.next(), page.remaining());
        return "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"%d\"%s},\"items\":["
                .formatted(page.version(), more);
    }

    private void log(int application, Fields query, Response response, Callback callback)
            throws IOException, InterruptedException {
        count(RequestKind.LOG);
        if (application < settings.hungLogs()) {
            return;
        }
        delay(settings.logMillis());
        String since = query.getValue("sinceTime");
        long from = since == null ? 0 : logs.lineAt(application, since);
        boolean follow = "true".equals(query.getValue("follow"));
        begin(response, "text/plain");
        try (OutputStream out = body(response)) {
            do {
                long to = logs.size(application);
                for (; from < to; from++) {
                    write(out, logs.line(application, from));
                }
                out.flush();
                if (follow) {
                    delay(100);
                }
            } while (follow);
        }
        callback.succeeded();
    }
}
