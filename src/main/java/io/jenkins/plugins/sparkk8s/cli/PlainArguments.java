package io.jenkins.plugins.sparkk8s.cli;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Reads arguments of the usual forms: options with a value as the next word or after an equals sign, options without one, then the
 * application and what is its own. All else, such as an option that does not exist, is left to {@link LibraryArguments}, and where
 * both read arguments they read the same.
 *
 * <p>The class files of that library are so old that a class-data archive does not take them: loading and verifying them takes a
 * tenth of the time of a submission.
 */
final class PlainArguments {
    private static final Map<String, BiConsumer<SubmitOptions, String>> WITH_VALUE = Map.ofEntries(
            entry("--master", (options, value) -> options.master = value),
            entry("--deploy-mode", (options, value) -> options.deployMode = value),
            entry("--class", (options, value) -> options.mainClass = value),
            entry("--name", (options, value) -> options.name = value),
            entry("--jars", (options, value) -> options.jars = value),
            entry("--files", (options, value) -> options.files = value),
            entry("--archives", (options, value) -> options.archives = value),
            entry("--py-files", (options, value) -> options.pyFiles = value),
            entry("--packages", (options, value) -> options.packages = value),
            entry("--exclude-packages", (options, value) -> options.excludePackages = value),
            entry("--repositories", (options, value) -> options.repositories = value),
            entry("--conf", (options, value) -> options.conf.add(value)),
            entry("-c", (options, value) -> options.conf.add(value)),
            entry("--secret-conf", (options, value) -> options.secretConf.add(value)),
            entry("--properties-file", (options, value) -> options.propertiesFile = value),
            entry("--extra-properties-file", (options, value) -> options.extraPropertiesFiles.add(value)),
            entry("--driver-memory", (options, value) -> options.driverMemory = value),
            entry("--driver-cores", (options, value) -> options.driverCores = value),
            entry("--driver-java-options", (options, value) -> options.driverJavaOptions = value),
            entry("--driver-library-path", (options, value) -> options.driverLibraryPath = value),
            entry("--driver-class-path", (options, value) -> options.driverClassPath = value),
            entry("--executor-memory", (options, value) -> options.executorMemory = value),
            entry("--executor-cores", (options, value) -> options.executorCores = value),
            entry("--num-executors", (options, value) -> options.numExecutors = value),
            entry("--proxy-user", (options, value) -> options.proxyUser = value),
            entry("--principal", (options, value) -> options.principal = value),
            entry("--keytab", (options, value) -> options.keytab = value),
            entry("--kill", (options, value) -> options.kill = value),
            entry("--status", (options, value) -> options.status = value),
            entry("--queue", (options, value) -> options.queue = value),
            entry("--total-executor-cores", (options, value) -> options.totalExecutorCores = value));

    private static final Map<String, Consumer<SubmitOptions>> WITHOUT_VALUE = Map.of(
            "--load-spark-defaults", options -> options.loadSparkDefaults = true,
            "--supervise", options -> options.supervise = true,
            "--verbose", options -> options.verbose = true,
            "-v", options -> options.verbose = true,
            "--version", options -> options.version = true);

    private final SubmitOptions options = new SubmitOptions();
    private final Iterator<String> words;

    private PlainArguments(String... words) {
        this.words = Arrays.asList(words).iterator();
    }

    /** @return empty when the arguments have another form */
    static Optional<SubmitOptions> read(String... arguments) {
        PlainArguments plain = new PlainArguments(arguments);
        return plain.isRead() ? Optional.of(plain.options) : Optional.empty();
    }

    private boolean isRead() {
        while (words.hasNext()) {
            String word = words.next();
            if (!word.isEmpty() && word.charAt(0) != '-') {
                options.application.add(word);
                words.forEachRemaining(options.application::add);
            } else if (!isOptionRead(word)) {
                return false;
            }
        }
        return true;
    }

    private boolean isOptionRead(String word) {
        if (WITHOUT_VALUE.containsKey(word)) {
            WITHOUT_VALUE.get(word).accept(options);
            return true;
        }
        int sign = word.startsWith("--") ? word.indexOf('=') : -1;
        String name = sign < 0 ? word : word.substring(0, sign);
        boolean hasValue = sign < 0 ? words.hasNext() : sign + 1 < word.length();
        if (!WITH_VALUE.containsKey(name) || !hasValue) {
            return false;
        }
        WITH_VALUE.get(name).accept(options, sign < 0 ? words.next() : word.substring(sign + 1));
        return true;
    }
}
