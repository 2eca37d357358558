package io.jenkins.plugins.sparkk8s.conf;

/**
 * What containers may do, since Spark 4.3 (SPARK-57493). Read from the description of the change: Spark 4.3 was not on Maven
 * Central when these were written.
 */
public final class SecurityOptions {
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
}
