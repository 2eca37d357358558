package io.jenkins.plugins.sparkk8s.monitor;

/** Labels that Spark puts on the pods of an application ({@code deploy/k8s/Constants.scala}). */
final class Labels {
    static final String APPLICATION = "spark-app-selector";
    static final String ROLE = "spark-role";
    static final String EXECUTOR_ROLE = "executor";
    static final String EXECUTOR_ID = "spark-exec-id";
    /** On a finished executor whose pod is kept ({@code spark.kubernetes.executor.deleteOnTermination=false}). */
    static final String INACTIVE = "spark-exec-inactive";

    private Labels() {}
}
