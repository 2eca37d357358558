package io.jenkins.plugins.sparkk8s.jenkins.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says to an administrator why an API server did not answer as it should, in terms of the form's fields. */
final class ConnectionFailure {
    private ConnectionFailure() {}

    static String sentence(String apiServer, KubernetesClientException failure) {
        if (failure.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
            return Messages.ConnectionFailure_Unauthorized(apiServer);
        }
        if (failure.getCode() > 0) {
            return Messages.ConnectionFailure_Status(apiServer, String.valueOf(failure.getCode()));
        }
        List<Throwable> chain = chain(failure);
        if (has(chain, SSLPeerUnverifiedException.class)) {
            return Messages.ConnectionFailure_OtherHost(apiServer);
        }
        if (has(chain, CertificateException.class)) {
            return Messages.ConnectionFailure_Untrusted(apiServer);
        }
        if (has(chain, SSLException.class)) {
            return Messages.ConnectionFailure_Tls(apiServer, detail(chain));
        }
        if (has(chain, UnknownHostException.class)) {
            return Messages.ConnectionFailure_UnknownHost(apiServer);
        }
        if (has(chain, ConnectException.class)) {
            return Messages.ConnectionFailure_Refused(apiServer);
        }
        return Messages.ConnectionFailure_NoAnswer(apiServer, detail(chain));
    }

    private static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
        return chain.stream().anyMatch(type::isInstance);
    }

    private static String detail(List<Throwable> chain) {
        Throwable root = chain.get(chain.size() - 1);
        return root.getMessage() == null
                ? root.getClass().getSimpleName()
                : root.getMessage().lines().findFirst().orElse("");
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable link = failure; link != null && !chain.contains(link); link = link.getCause()) {
            chain.add(link);
        }
        return chain;
    }
}
