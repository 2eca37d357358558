package io.jenkins.plugins.sparkk8s.jenkins.logfiles;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * Serves the kept logs of one application at {@code <build>/spark/logs/<id>/driver.log}, as text, or with {@code .gz} as
 * they are kept. What pods have written is untrusted: a browser shows it as text and as nothing else. For those who may see the
 * build, as its log. Public since Stapler calls it by name.
 */
public final class LogDownloads {
    private static final String GZIP = ".gz";
    private static final int NOT_FOUND = 404;

    private final LogFolder logs;

    public LogDownloads(LogFolder logs) {
        this.logs = logs;
    }

    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        String rest = request.getRestOfPath();
        String file = rest == null || rest.isEmpty() ? "" : rest.substring(1);
        boolean compressed = file.toLowerCase(Locale.ROOT).endsWith(GZIP);
        String name = compressed ? file.substring(0, file.length() - GZIP.length()) : file;
        if (!logs.has(name)) {
            response.sendError(NOT_FOUND);
            return;
        }
        response.setContentType(compressed ? "application/gzip" : "text/plain;charset=UTF-8");
        response.setHeader(
                "Content-Disposition", (compressed ? "attachment" : "inline") + "; filename=\"" + file + "\"");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setHeader("Cache-Control", "private, no-cache");
        try (OutputStream out = response.getOutputStream()) {
            logs.write(name, compressed, out);
        }
    }
}
