package io.jenkins.plugins.sparkk8s.conf;

/**
 * What containers may do. The keys of Spark are those of 4.3 (SPARK-57493), read from the description of the change: Spark 4.3
 * was not on Maven Central when these were written.
 */
public final class SecurityOptions {
    /** The value of {@link #SUBMIT_RUN_AS_USER} that leaves the user to the image. */
    public static final String USER_OF_IMAGE = "image";

    public static final ConfigOption<Boolean> SUBMIT_RESTRICTED = ConfigOption.bool(
                    "spark.kubernetes.submit.restricted")
            .defaultsTo("false")
            .doc(
                    "Whether the driver and executor pods are made to conform to the Pod Security level restricted: no root, the runtime's seccomp profile, no privilege escalation, no capabilities. A key of this submitter, not of Spark.")
            .build();

    public static final ConfigOption<String> SUBMIT_RUN_AS_USER = ConfigOption.string(
                    "spark.kubernetes.submit.runAsUser")
            .require(SecurityOptions::isUser, "It must be a user id from 1 to 2147483647, or image.")
            .defaultsTo("185")
            .doc(
                    "With spark.kubernetes.submit.restricted, the user id of the Spark containers of driver and executors, unless a pod template sets one; image leaves it to the image or the cluster. A key of this submitter, not of Spark.")
            .build();

    public static final ConfigOption<Boolean> ALLOW_PRIVILEGE_ESCALATION = ConfigOption.bool(
                    "spark.kubernetes.securityContext.allowPrivilegeEscalation")
            .since("4.3.0")
            .defaultsTo("false")
            .doc("Whether a process in the containers of driver and executors may get more privileges than its parent.")
            .build();
    public static final ConfigOption<Boolean> DRIVER_ALLOW_PRIVILEGE_ESCALATION = ConfigOption.bool(
                    "spark.kubernetes.driver.securityContext.allowPrivilegeEscalation")
            .since("4.3.0")
            .fallsBackTo(ALLOW_PRIVILEGE_ESCALATION)
            .doc("The same for the driver alone.")
            .build();
    public static final ConfigOption<Boolean> EXECUTOR_ALLOW_PRIVILEGE_ESCALATION = ConfigOption.bool(
                    "spark.kubernetes.executor.securityContext.allowPrivilegeEscalation")
            .since("4.3.0")
            .readByDriver()
            .fallsBackTo(ALLOW_PRIVILEGE_ESCALATION)
            .doc("The same for executors alone.")
            .build();

    private SecurityOptions() {}

    private static boolean isUser(String value) {
        if (value.equals(USER_OF_IMAGE)) {
            return true;
        }
        try {
            return Integer.parseInt(value) > 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
