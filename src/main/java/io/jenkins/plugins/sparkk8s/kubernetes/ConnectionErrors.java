package io.jenkins.plugins.sparkk8s.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Sentences for calls that got no answer from the API server.
 *
 * @param apiServer URL of the server
 * @param proxy what the calls go through
 */
record ConnectionErrors(String apiServer, Optional<ApiProxy> proxy) {

    /** @param call what was tried, such as {@code create Pod x} */
    String sentence(String call, Throwable failure) {
        List<Throwable> chain = chain(failure);
        if (has(chain, SSLPeerUnverifiedException.class)) {
            return "The certificate of the API server %s is for another host name (%s). Use the name of the certificate in %s."
                    .formatted(apiServer, detail(chain), CoreOptions.MASTER.key());
        }
        if (isUntrusted(chain)) {
            return "The certificate of the API server %s is not trusted (%s). Set %scaCertFile to the file of the cluster's CA or, for a test only, %s to true."
                    .formatted(
                            apiServer,
                            detail(chain),
                            Constants.SUBMISSION_AUTH_PREFIX,
                            KubernetesOptions.TRUST_CERTIFICATES.key());
        }
        if (has(chain, SSLException.class)) {
            return "No TLS connection to the API server %s could be made (%s). Check %s: a server without TLS is written k8s://http://…, one that asks for client certificates needs %sclientCertFile and %sclientKeyFile."
                    .formatted(
                            apiServer,
                            detail(chain),
                            CoreOptions.MASTER.key(),
                            Constants.SUBMISSION_AUTH_PREFIX,
                            Constants.SUBMISSION_AUTH_PREFIX);
        }
        if (has(chain, JsonProcessingException.class)) {
            return "The server at %s is not a Kubernetes API server (%s). Check the URL in %s, and whether a proxy or a login page is in front of the server."
                    .formatted(apiServer, call, CoreOptions.MASTER.key());
        }
        if (proxy.isPresent()) {
            return "%s does not connect to the API server %s (%s: %s). Correct it, or set NO_PROXY to the host of the API server if that is reached without a proxy."
                    .formatted(capitalized(proxy.get().description()), apiServer, call, reason(chain));
        }
        return "The API server %s cannot be reached (%s: %s). Check %s, the network and whether the server runs."
                .formatted(apiServer, call, reason(chain), CoreOptions.MASTER.key());
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String reason(List<Throwable> chain) {
        if (has(chain, UnknownHostException.class)) {
            return "the host name is unknown";
        }
        if (has(chain, InterruptedIOException.class) || has(chain, TimeoutException.class)) {
            return "no answer in time, see %s and %s"
                    .formatted(
                            KubernetesOptions.SUBMISSION_CONNECTION_TIMEOUT.key(),
                            KubernetesOptions.SUBMISSION_REQUEST_TIMEOUT.key());
        }
        if (has(chain, ConnectException.class)) {
            return "the connection is refused";
        }
        if (has(chain, NoRouteToHostException.class)) {
            return "there is no route to it";
        }
        return detail(chain);
    }

    private static boolean isUntrusted(List<Throwable> chain) {
        return has(chain, CertificateException.class)
                || chain.stream()
                        .anyMatch(link -> String.valueOf(link.getMessage()).contains("PKIX path"));
    }

    private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    private static String detail(List<Throwable> chain) {
        Throwable root = chain.get(chain.size() - 1);
        String message = root.getMessage();
        return message == null || message.isBlank()
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse("").strip();
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable link = failure; link != null && !chain.contains(link); link = link.getCause()) {
            chain.add(link);
        }
        return chain;
    }
}
