package io.jenkins.plugins.sparkk8s.staging.hadoop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * What Hadoop's file systems are set up with: Hadoop's defaults, bounds for what would otherwise be repeated for many
 * minutes, the site's files and the application's own keys, the later ones over the earlier.
 */
final class HadoopConfigurations {
    static final String S3A_PART = "fs.s3a.multipart.size";
    static final String S3A_PART_OF_STREAMS = "8M";
    static final String S3A_PART_TIMEOUT = "fs.s3a.connection.part.upload.timeout";

    /**
     * Hadoop's own table of file systems is filled once, through whatever context class loader the first caller has; these
     * are found without it.
     */
    private static final Map<String, String> FILE_SYSTEMS = Map.of(
            "fs.file.impl", "org.apache.hadoop.fs.LocalFileSystem",
            "fs.hdfs.impl", "org.apache.hadoop.hdfs.DistributedFileSystem",
            "fs.webhdfs.impl", "org.apache.hadoop.hdfs.web.WebHdfsFileSystem",
            "fs.swebhdfs.impl", "org.apache.hadoop.hdfs.web.SWebHdfsFileSystem",
            "fs.viewfs.impl", "org.apache.hadoop.fs.viewfs.ViewFileSystem");

    /** The defaults try a dead name node for many minutes. */
    private static final Map<String, String> HDFS = new TreeMap<>(Map.ofEntries(
            // No interruption ends its requests.
            Map.entry("dfs.webhdfs.socket.connect-timeout", "10s"),
            Map.entry("dfs.webhdfs.socket.read-timeout", "30s"),
            Map.entry("ipc.client.connect.timeout", "10000"),
            Map.entry("ipc.client.connect.max.retries", "3"),
            Map.entry("ipc.client.connect.max.retries.on.timeouts", "2"),
            Map.entry("dfs.client.failover.max.attempts", "4"),
            Map.entry("dfs.client.retry.max.attempts", "3"),
            // The name node often learns of a block a millisecond after its writer: the default waits 400 for it. It
            // doubles.
            Map.entry("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "1"),
            Map.entry("dfs.client.block.write.locateFollowingBlock.retries", "14"),
            // A fourth of the packets, and of the work of each for client and data node; as many bytes on their way as
            // before.
            Map.entry("dfs.client-write-packet-size", "262144"),
            Map.entry("dfs.client.write.max-packets-in-flight", "20")));

    /** The defaults try a silent server for more than nine minutes; Hadoop raises shorter times to 15 s. */
    private static final Map<String, String> S3A = new TreeMap<>(Map.ofEntries(
            Map.entry("fs.s3a.attempts.maximum", "1"),
            Map.entry("fs.s3a.retry.limit", "2"),
            Map.entry("fs.s3a.retry.throttle.limit", "5"),
            Map.entry("fs.s3a.connection.establish.timeout", "15s"),
            // More than nothing may move: the end of a part may still be on a slow line, and is not repeated to a dead
            // server. All other requests have the 15 seconds below.
            Map.entry("fs.s3a.connection.timeout", "60s"),
            Map.entry("fs.s3a.connection.request.timeout", "15s"),
            // Of what is packed while it is sent: the client reports those parts when they have arrived. 64 MB must not
            // take as long as a stall.
            Map.entry(S3A_PART, S3A_PART_OF_STREAMS),
            // A slow line needs long for a part. What does not move is noticed by the bytes that the connection takes.
            Map.entry(S3A_PART_TIMEOUT, "24h"),
            Map.entry("fs.s3a.fast.upload.active.blocks", "4"),
            Map.entry("fs.s3a.threads.max", "8"),
            // The default needs a library that is not bundled, and nothing large is read here.
            Map.entry("fs.s3a.input.stream.type", "classic"),
            // It would send path and user name with each request, and needs the same library.
            Map.entry("fs.s3a.audit.enabled", "false"),
            // Markers are replaced while others read them, each in one request.
            Map.entry("fs.s3a.change.detection.mode", "none"),
            // Else a server that gives no version of an object is refused, although none is compared.
            Map.entry("fs.s3a.change.detection.version.required", "false"),
            // A copy in parts, which nothing here needs, would want netty.
            Map.entry("fs.s3a.multipart.threshold", "8M")));

    private static final Map<String, String> AZURE = Map.of(
            "fs.azure.io.retry.max.retries", "3",
            "fs.azure.io.retry.max.backoff.interval", "5000",
            "fs.azure.http.connection.timeout", "10000",
            "fs.azure.http.read.timeout", "15000",
            // Sent on close, with all repeats: a dead server would hold it for a minute.
            "fs.azure.metrics.collection.enabled", "false",
            // The probe reports a dead host as an invalid value of this key.
            "fs.azure.account.hns.enabled", "true");

    /** The client interrupts its own thread when this is over. */
    private static final String S3A_REQUEST = "fs.s3a.connection.request.timeout";

    private static final String FETCHING = "5m";

    private final ClassLoader loader;

    /** Null until it is asked for. Applications get copies, since it can be changed. */
    private Configuration defaults;

    /** @param loader that has Hadoop's classes */
    HadoopConfigurations(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * One for an application. The first of a process parses Hadoop's defaults, and the context class loader must be Hadoop's.
     *
     * @param fetchesClasses whether the first request waits for classes from another machine
     */
    Configuration of(HadoopSettings settings, boolean fetchesClasses) {
        Configuration configuration = copyOfDefaults();
        configuration.setRestrictSystemProperties(!settings.expandEnvironment());
        if (fetchesClasses) {
            configuration.set(S3A_REQUEST, FETCHING);
        }
        configuration.set(
                "fs.s3a.buffer.dir",
                Path.of(System.getProperty("java.io.tmpdir"), "s3a-" + user()).toString());
        addSiteFiles(settings, configuration);
        settings.properties().forEach(configuration::set);
        return configuration;
    }

    private synchronized Configuration copyOfDefaults() {
        if (defaults == null) {
            Configuration parsed = new Configuration(false);
            parsed.setClassLoader(loader);
            parsed.addResource("core-default.xml");
            parsed.addResource("hdfs-default.xml");
            List.of(HDFS, S3A, AZURE, FILE_SYSTEMS).forEach(values -> values.forEach(parsed::set));
            defaults = parsed;
        }
        return new Configuration(defaults);
    }

    /** As a part of a file name. The folder belongs to the user who makes it. */
    private static String user() {
        return System.getProperty("user.name").replaceAll("[^A-Za-z0-9_-]", "_");
    }

    private static void addSiteFiles(HadoopSettings settings, Configuration configuration) {
        if (settings.confDirectory() == null) {
            return;
        }
        Configuration site = new Configuration(false);
        for (String name : List.of("core-site.xml", "hdfs-site.xml")) {
            Path file = settings.confDirectory().resolve(name);
            if (Files.isReadable(file)) {
                site.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
            }
        }
        site.forEach(entry -> configuration.set(entry.getKey(), entry.getValue()));
    }
}
