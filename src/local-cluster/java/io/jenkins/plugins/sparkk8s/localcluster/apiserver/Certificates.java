package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A certificate authority of the server's own, and the certificate it signed for the server's names. */
final class Certificates {

    private final HeldCertificate authority;
    private final HeldCertificate server;

    Certificates() {
        authority = new HeldCertificate.Builder()
                .certificateAuthority(0)
                .commonName("local-cluster-ca")
                .duration(365, TimeUnit.DAYS)
                .build();
        HeldCertificate.Builder builder = new HeldCertificate.Builder()
                .commonName("kube-apiserver")
                .duration(365, TimeUnit.DAYS)
                .signedBy(authority);
        for (String name : new String[] {
            "localhost",
            "127.0.0.1",
            "127.0.0.53",
            "kubernetes",
            "kubernetes.default",
            "kubernetes.default.svc",
            "kubernetes.default.svc.cluster.local"
        }) {
            builder.addSubjectAlternativeName(name);
        }
        server = builder.build();
    }

    String authorityPem() {
        return authority.certificatePem();
    }

    SSLContext serverContext() {
        return new HandshakeCertificates.Builder()
                .heldCertificate(server, authority.certificate())
                .build()
                .sslContext();
    }
}
