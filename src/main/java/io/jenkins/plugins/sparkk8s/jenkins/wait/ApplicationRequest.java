package io.jenkins.plugins.sparkk8s.jenkins.wait;

/** What a build asks of an application that another step has submitted. All methods return at once. */
public interface ApplicationRequest {
    void start();

    /** Continues where an earlier controller stopped. */
    void resume();

    /** The build no longer waits. */
    void abort(Throwable cause);

    /** A few words on how far it is, without any call. */
    String status();
}
