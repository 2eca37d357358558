package io.jenkins.plugins.sparkk8s.localcluster.controller;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A short name for a template of pods: equal templates have equal names. */
final class TemplateHash {

    /** The letters of Kubernetes' hashes: no vowels, so that no words come about. */
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final int LENGTH = 10;

    private TemplateHash() {}

    static String of(PodTemplateSpec template) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Serialization.asJson(template).getBytes(StandardCharsets.UTF_8));
            BigInteger rest = new BigInteger(1, digest);
            StringBuilder hash = new StringBuilder();
            for (int i = 0; i < LENGTH; i++) {
                BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(LETTERS.length()));
                hash.append(LETTERS.charAt(parts[1].intValue()));
                rest = parts[0];
            }
            return hash.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }
}
