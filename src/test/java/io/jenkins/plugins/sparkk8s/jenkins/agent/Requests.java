package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.application.ApplicationIdentity;
import io.jenkins.plugins.sparkk8s.staging.cleaning.ApplicationStates;
import io.jenkins.plugins.sparkk8s.staging.hadoop.StorageLogin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request for tests, changed step by step; every change gives a new one. */
record Requests(
        String mainResource,
        String mainClass,
        Map<String, String> files,
        Map<String, String> defaults,
        Map<String, String> conf,
        Map<String, String> secrets,
        ApplicationIdentity identity,
        UploadAccess uploads) {

    /** Of no application is it known whether it has ended. */
    static final ApplicationStates UNKNOWN = (application, master, namespace) -> false;

    static final ApplicationIdentity IDENTITY = identity("00112233445566778899aabbccddeeff");

    static ApplicationIdentity identity(String hex) {
        return new ApplicationIdentity(
                "spark-" + hex,
                "aaaaaaaaaaaaaaaa",
                "cccccccccccccccc",
                "bbbbbbbbbbbbbbbb",
                "01234567-89ab-cdef-0123-456789abcdef",
                1795362892595L);
    }

    /** An application whose jar is in the image. */
    static Requests ofImage() {
        return new Requests(
                "local:///opt/app.jar",
                "a.B",
                Map.of(),
                Map.of(
                        "spark.master", "k8s://https://127.0.0.1:6443",
                        "spark.kubernetes.namespace", "reports",
                        "spark.kubernetes.container.image", "spark:4.1.1"),
                Map.of("spark.app.name", "daily"),
                Map.of(),
                IDENTITY,
                UploadAccess.withoutCredential(new UploadPolicy(null, List.of())));
    }

    private static Map<String, String> plus(Map<String, String> map, String key, String value) {
        Map<String, String> more = new HashMap<>(map);
        more.put(key, value);
        return more;
    }

    Requests main(String resource, String className) {
        return new Requests(resource, className, files, defaults, conf, secrets, identity, uploads);
    }

    /** One of the file arguments, by its name. */
    Requests files(String argument, String text) {
        return new Requests(
                mainResource, mainClass, plus(files, argument, text), defaults, conf, secrets, identity, uploads);
    }

    Requests cluster(String key, String value) {
        return new Requests(
                mainResource, mainClass, files, plus(defaults, key, value), conf, secrets, identity, uploads);
    }

    Requests conf(String key, String value) {
        return new Requests(
                mainResource, mainClass, files, defaults, plus(conf, key, value), secrets, identity, uploads);
    }

    Requests secret(String key, String value) {
        return new Requests(
                mainResource, mainClass, files, defaults, conf, plus(secrets, key, value), identity, uploads);
    }

    Requests identity(ApplicationIdentity other) {
        return new Requests(mainResource, mainClass, files, defaults, conf, secrets, other, uploads);
    }

    /** The cluster's upload path; jobs may choose a folder below it. */
    Requests uploadTo(String path) {
        return new Requests(
                mainResource,
                mainClass,
                files,
                plus(
                        plus(defaults, "spark.kubernetes.file.upload.path", path),
                        "spark.kubernetes.submit.uploads",
                        "spark"),
                conf,
                secrets,
                identity,
                UploadAccess.withoutCredential(new UploadPolicy(path, List.of(path))));
    }

    Requests policy(UploadPolicy other) {
        return new Requests(
                mainResource,
                mainClass,
                files,
                defaults,
                conf,
                secrets,
                identity,
                UploadAccess.withoutCredential(other));
    }

    /** With a credential of the cluster for its upload path. */
    Requests login(StorageLogin login) {
        return new Requests(
                mainResource,
                mainClass,
                files,
                defaults,
                conf,
                secrets,
                identity,
                new UploadAccess(uploads.policy(), login));
    }

    SubmissionRequest build() {
        return new SubmissionRequest(
                mainResource,
                mainClass,
                List.of("--date", "2026-11-22"),
                new FileArguments(
                        files.get("jars"),
                        files.get("files"),
                        files.get("archives"),
                        files.get("pyFiles"),
                        files.get("propertiesFile"),
                        files.get("driverPodTemplate"),
                        files.get("executorPodTemplate")),
                defaults,
                conf,
                secrets,
                identity,
                "jane",
                uploads);
    }
}
