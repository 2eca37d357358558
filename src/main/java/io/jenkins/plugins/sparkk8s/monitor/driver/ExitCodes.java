package io.jenkins.plugins.sparkk8s.monitor.driver;

/**
 * What exit codes of Spark's processes mean: the words of Spark's {@code ExecutorExitCode} handling
 * ({@code ExecutorPodsLifecycleManager}), {@code SparkExitCode} and the shell's.
 */
public final class ExitCodes {
    private ExitCodes() {}

    /** "exit code 137 (SIGKILL, possible container OOM)"; without brackets when nothing is known of the code. */
    public static String describe(int code) {
        String hint = hint(code);
        return hint.isEmpty() ? "exit code " + code : "exit code %d (%s)".formatted(code, hint);
    }

    /** Empty when nothing is known of the code. */
    static String hint(int code) {
        return switch (code) {
            case 0 -> "success";
            case 1 -> "generic, look at logs to clarify";
            case 10, 50, 51 -> "uncaught exception";
            case 11 -> "too many executors failed, see spark.executor.maxNumFailures";
            case 52 -> "JVM OOM";
            case 53 -> "DiskStore failed to create temp dir";
            case 101 -> "main class not found";
            case 124 -> "driver timeout";
            case 126 -> "not executable - possibly perm or arch";
            case 127 -> "command not found in the image";
            case 134 -> "SIGABRT, the JVM crashed";
            case 137 -> "SIGKILL, possible container OOM";
            case 139 -> "SIGSEGV";
            case 143 -> "SIGTERM";
            case 255 -> "exit -1";
            default -> "";
        };
    }
}
