package io.jenkins.plugins.sparkk8s.jenkins.submission;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;

/** Labels and annotations by which the pods of a build are found on the cluster, and the build from a pod. */
final class BuildLabels {
    /** On every pod of a job; its value is a hash, since full names are too long and too free for a label. */
    static final String JOB = "sparkk8s.jenkins.io/job";

    static final String BUILD = "sparkk8s.jenkins.io/build";
    private static final String BUILD_URL = "sparkk8s.jenkins.io/build-url";
    private static final int HASH_BYTES = 16;

    private BuildLabels() {}

    static void addTo(Map<String, String> conf, Run<?, ?> run) {
        for (String prefix : List.of(Constants.DRIVER_LABEL_PREFIX, Constants.EXECUTOR_LABEL_PREFIX)) {
            conf.put(prefix + JOB, job(run));
            conf.put(prefix + BUILD, String.valueOf(run.getNumber()));
        }
        String root = Util.fixEmpty(Jenkins.get().getRootUrl());
        conf.put(Constants.DRIVER_ANNOTATION_PREFIX + BUILD_URL, Util.fixNull(root) + run.getUrl());
    }

    static String job(Run<?, ?> run) {
        try {
            byte[] name = run.getParent().getFullName().getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name);
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
