package io.jenkins.plugins.sparkk8s.kubernetes;

/** Labels that Spark puts on the pods of an application ({@code deploy/k8s/Constants.scala}). */
public final class Labels {
    public static final String APPLICATION = "spark-app-selector";
    public static final String ROLE = "spark-role";
    public static final String EXECUTOR_ROLE = "executor";
    public static final String EXECUTOR_ID = "spark-exec-id";
    /** On a finished executor whose pod is kept ({@code spark.kubernetes.executor.deleteOnTermination=false}). */
    public static final String INACTIVE = "spark-exec-inactive";

    /** Id of the resource profile of an executor. */
    public static final String RESOURCE_PROFILE = "spark-exec-resourceprofile-id";
    /** What a Deployment gives to its ReplicaSets, whose names end with it, and to their pods. */
    public static final String TEMPLATE_HASH = "pod-template-hash";

    private Labels() {}
}
