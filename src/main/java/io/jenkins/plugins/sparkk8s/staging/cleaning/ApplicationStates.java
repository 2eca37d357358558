package io.jenkins.plugins.sparkk8s.staging.cleaning;

/** Whether applications that left a marker under an upload path are still there; asked during a sweep. */
public interface ApplicationStates {

    /**
     * @param applicationId such as {@code spark-0123…}
     * @param master of its cluster, as its configuration had it
     * @return true only when it is known that its driver runs no more, or never will; false also when that cannot be found out
     */
    boolean hasEnded(String applicationId, String master, String namespace);
}
