package io.jenkins.plugins.sparkk8s.localcluster.apiserver;

/** The reason and wording Kubernetes has for each HTTP status. */
final class FaultStatus {

    private FaultStatus() {}

    static String message(int code) {
        return switch (code) {
            case 401 -> "Unauthorized";
            case 403 -> "forbidden: not allowed";
            case 404 -> "the server could not find the requested resource";
            case 409 -> "the object has been modified; please apply your changes to the latest version and try again";
            case 410 -> "The provided resource version is too old";
            case 422 -> "the server rejected our request due to an error in our request";
            case 429 -> "The server has received too many requests and has asked us to try again later";
            case 503 -> "the server is currently unable to handle the request";
            case 504 -> "the server was unable to return a response in the time allotted";
            default -> "an error on the server has prevented the request from succeeding";
        };
    }

    static String reason(int code) {
        return switch (code) {
            case 400 -> "BadRequest";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 409 -> "Conflict";
            case 410 -> "Expired";
            case 422 -> "Invalid";
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> "InternalError";
        };
    }

    static ApiException exception(int code, String message, int retryAfterSeconds) {
        ApiException error = new ApiException(code, reason(code), message);
        return retryAfterSeconds > 0 ? error.retryAfter(retryAfterSeconds) : error;
    }
}
