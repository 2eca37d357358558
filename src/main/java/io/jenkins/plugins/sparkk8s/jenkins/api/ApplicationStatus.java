package io.jenkins.plugins.sparkk8s.jenkins.api;

/** How an application stands, or how it ended, in the words of a page. */
public final class ApplicationStatus {
    private ApplicationStatus() {}

    public static String of(SparkApplicationRun application) {
        String result = application.getResult();
        return result == null ? ofState(application.getState()) : ofResult(result);
    }

    /** How it ended; a name as in {@link SparkApplicationRun#getResult()}. */
    public static String ofResult(String result) {
        return switch (result) {
            case "SUCCEEDED" -> Messages.Result_SUCCEEDED();
            case "FAILED" -> Messages.Result_FAILED();
            case "DELETED" -> Messages.Result_DELETED();
            case "LOST" -> Messages.Result_LOST();
            case "NEVER_STARTED" -> Messages.Result_NEVER_STARTED();
            case "ABORTED" -> Messages.Result_ABORTED();
            case "NOT_SUBMITTED" -> Messages.Result_NOT_SUBMITTED();
            default -> result;
        };
    }

    /** How it stands; a name as in {@link SparkApplicationRun#getState()}. */
    public static String ofState(String state) {
        return switch (state) {
            case "queued" -> Messages.State_queued();
            case "staging" -> Messages.State_staging();
            case "creating" -> Messages.State_creating();
            case "running" -> Messages.State_running();
            case "deployed" -> Messages.State_deployed();
            case "ended" -> Messages.State_ended();
            default -> Messages.State_unknown();
        };
    }
}
