package io.jenkins.plugins.sparkk8s.parity;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The files that cases refer to under {@code @FX@}; the working directory of both submitters. */
final class Fixtures {
    private static final List<String> RESOURCES = List.of(
            "driver-template.yaml",
            "driver-template-unnamed.yaml",
            "driver-template-bare.yaml",
            "executor-template.yaml",
            "not-a-pod.yaml",
            "broken.yaml",
            "krb5.conf",
            "extra.properties",
            "more.properties",
            "hadoop-conf/core-site.xml",
            "hadoop-conf/hdfs-site.xml",
            "spark-conf/log4j2.properties",
            "spark-conf/metrics.properties",
            "spark-conf/spark-defaults.conf",
            "spark-conf/spark-env.sh",
            "spark-conf/fairscheduler.xml.template",
            "ivysettings.xml",
            "repository/org/example/lib/1.0/lib-1.0.pom",
            "job.py",
            "job.R");

    private Fixtures() {}

    /** Writes them into a directory. */
    static void write(Path directory) throws IOException {
        for (String name : RESOURCES) {
            try (InputStream in = Fixtures.class.getResourceAsStream("/parity/fixtures/" + name)) {
                Path target = directory.resolve(name);
                Files.createDirectories(target.getParent());
                Files.copy(in, target);
            }
        }
        for (String name : List.of(
                "app.jar",
                "a.jar",
                "b.jar",
                "jars/one.jar",
                "jars/two.jar",
                "helper.py",
                "deps.zip",
                "egg.egg",
                "env.tar.gz",
                "with blank.txt",
                "Ümläut.txt",
                "app.conf",
                "keytab",
                "repository/org/example/lib/1.0/lib-1.0.jar",
                "home/conf/from-home.txt",
                "ca.crt",
                "client.key",
                "client.crt",
                "folder/inside.txt",
                "folder/deep/deeper.txt")) {
            text(directory.resolve(name), "content of " + name);
        }
        bytes(directory.resolve("krb5.keytab"), new byte[] {5, 2, 0, (byte) 0xff, (byte) 0x80, 10});
        bytes(directory.resolve("spark-conf/binary.dat"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        Path small = directory.resolve("small-conf");
        text(small.resolve("a.txt"), "a".repeat(100));
        text(small.resolve("b.txt"), "b".repeat(200));
        text(small.resolve("c.txt"), "c".repeat(300));
        text(small.resolve("d.xml"), "ü".repeat(50));
        Files.createDirectories(directory.resolve("empty"));
        Files.createSymbolicLink(directory.resolve("link.jar"), directory.resolve("a.jar"));
        runnableJar(directory.resolve("runnable.jar"));
    }

    private static void text(Path file, String text) throws IOException {
        bytes(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, Arrays.copyOf(content, content.length));
    }

    private static void runnableJar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "org.example.FromManifest");
        try (OutputStream out = Files.newOutputStream(file)) {
            new JarOutputStream(out, manifest).close();
        }
    }
}
