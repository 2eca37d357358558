package io.jenkins.plugins.sparkk8s.conf;

/** What families of keys begin with. */
public final class KeyPrefixes {
    /** Spark takes no other keys. */
    public static final String SPARK = "spark.";

    /** Settings of the Hadoop client. */
    public static final String HADOOP = "spark.hadoop.";

    public static final String DYNAMIC_ALLOCATION = "spark.dynamicAllocation.";
    public static final String EXECUTOR = "spark.kubernetes.executor.";
    public static final String REPORT = "spark.kubernetes.report.";

    /** Keys of this submitter, not of Spark. */
    public static final String SUBMIT = "spark.kubernetes.submit.";

    private KeyPrefixes() {}
}
