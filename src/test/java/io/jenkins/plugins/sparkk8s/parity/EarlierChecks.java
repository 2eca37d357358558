package io.jenkins.plugins.sparkk8s.parity;

import io.jenkins.plugins.sparkk8s.conf.ConfigOption;
import io.jenkins.plugins.sparkk8s.conf.ConfigOptions;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Errors that Spark finds only in the driver, or never, and we before anything is created: the only reasons for which
 * we may refuse what Spark takes.
 */
final class EarlierChecks {
    /** Keys that Spark reads on the submission side in some cases only, or less strictly than the executors do. */
    private static final List<String> NOT_READ_HERE = List.of(
            "spark.kubernetes.report.interval",
            "spark.kubernetes.appKillPodDeletionGracePeriod",
            "spark.redaction.regex",
            "spark.blockManager.port",
            "spark.connect.grpc.binding.port",
            "spark.kubernetes.resource.type",
            "spark.kubernetes.submitInDriver");

    private static final List<Pattern> SENTENCES = List.of(
            Pattern.compile("options\\.claimName is .*OnDemand.* so the claim would not be created"),
            Pattern.compile("The value '-\\S+' of spark\\.driver\\.(memoryOverhead|minMemoryOverhead) "),
            Pattern.compile("The value '-\\S+' of \\S+\\.options\\.sizeLimit is not a Kubernetes quantity"),
            Pattern.compile("of spark\\.driver\\.minMemoryOverhead is not valid. It must be a size"),
            Pattern.compile("spark\\.kubernetes\\.executor\\.(volumes\\.|podTemplateFile)"),
            Pattern.compile("spark\\.driver\\.resource\\.\\w+\\.(vendor|amount)"),
            Pattern.compile("of spark\\.kubernetes\\.node\\.selector\\."),
            Pattern.compile("spark\\.kubernetes\\.executor\\.(label|annotation|node\\.selector|secretKeyRef)\\."),
            Pattern.compile("spark\\.executor\\.resource\\.|spark\\.dynamicAllocation\\."));

    private EarlierChecks() {}

    /** Whether each error of ours is one that Spark would find later. */
    static boolean explain(String message) {
        List<String> errors =
                message.lines().filter(line -> line.startsWith("Error: ")).toList();
        return !errors.isEmpty() && errors.stream().allMatch(EarlierChecks::isLater);
    }

    private static boolean isLater(String error) {
        return SENTENCES.stream().anyMatch(sentence -> sentence.matcher(error).find())
                || NOT_READ_HERE.stream().anyMatch(error::contains)
                || ConfigOptions.byKey().values().stream()
                        .filter(option -> option.side() == ConfigOption.Side.DRIVER)
                        .anyMatch(option -> error.contains(option.key()));
    }
}
