package io.jenkins.plugins.sparkk8s.driver;

import io.jenkins.plugins.sparkk8s.application.SubmitterFiles;
import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.KubernetesOptions;
import io.jenkins.plugins.sparkk8s.driver.model.KubernetesDriverConf;
import io.jenkins.plugins.sparkk8s.kubernetes.Constants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The submitter's own Spark configuration files, such as log4j2.properties, that travel with the driver
 * ({@code KubernetesClientUtils.loadSparkConfDirFiles}).
 *
 * @param contents by file name
 * @param warnings about files that were left out, one sentence each
 */
record SparkConfDirFiles(Map<String, String> contents, List<String> warnings) {
    private static final Pattern LEFT_OUT =
            Pattern.compile(".*\\.template|spark.*(conf|properties)|.*\\.(gz|zip|jar|tar)");

    /** One file; its size counts its name, as in Spark. */
    private record Entry(String name, byte[] bytes) {
        long size() {
            return (long) name.length() + bytes.length;
        }
    }

    static SparkConfDirFiles of(KubernetesDriverConf conf) {
        long limit = conf.conf().get(KubernetesOptions.CONFIG_MAP_MAX_SIZE);
        Map<String, String> contents = new TreeMap<>();
        List<String> warnings = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        long total = 0;
        for (Entry entry : eligible(conf, limit)) {
            Optional<String> text = SubmitterFiles.decode(entry.bytes());
            if (text.isEmpty()) {
                warnings.add("The file %s of %s is left out, because it is not UTF-8 text."
                        .formatted(entry.name(), Constants.ENV_SPARK_CONF_DIR));
                continue;
            }
            long size = (long) entry.name().length() + text.get().length();
            if (total + size < limit) {
                contents.put(entry.name(), text.get());
                total += size;
            } else {
                skipped.add(entry.name());
            }
        }
        if (!skipped.isEmpty()) {
            warnings.add("These files of %s are left out, because together they exceed %s = %d bytes: %s."
                    .formatted(
                            Constants.ENV_SPARK_CONF_DIR,
                            KubernetesOptions.CONFIG_MAP_MAX_SIZE.key(),
                            limit,
                            String.join(", ", skipped)));
        }
        return new SparkConfDirFiles(contents, warnings);
    }

    private static List<Entry> eligible(KubernetesDriverConf conf, long limit) {
        return files(conf).stream()
                .filter(path -> !LEFT_OUT.matcher(path.getFileName().toString()).matches())
                .filter(path ->
                        path.toFile().length() + path.getFileName().toString().length() <= limit)
                .map(SparkConfDirFiles::read)
                .sorted(Comparator.comparingLong(Entry::size).thenComparing(Entry::name))
                .toList();
    }

    private static List<Path> files(KubernetesDriverConf conf) {
        Optional<String> variable = conf.environment().variable(Constants.ENV_SPARK_CONF_DIR);
        if (variable.isPresent()) {
            return SubmitterFiles.filesIn(conf.environment(), Constants.ENV_SPARK_CONF_DIR, variable.get());
        }
        return conf.conf()
                .find(CoreOptions.SPARK_HOME)
                .map(home -> SubmitterFiles.filesIn(conf.environment(), CoreOptions.SPARK_HOME.key(), home + "/conf"))
                .orElse(List.of());
    }

    private static Entry read(Path path) {
        return new Entry(path.getFileName().toString(), SubmitterFiles.read(Constants.ENV_SPARK_CONF_DIR, path));
    }
}
