package io.jenkins.plugins.sparkk8s.jenkins.queue;

/**
 * What an application takes up while it runs.
 *
 * @param cluster name of a configured cluster
 * @param job full name
 */
public record QueuedUse(String cluster, String job) {

    /** @param build externalizable id of a build of the job */
    public static QueuedUse ofBuild(String cluster, String build) {
        int number = build.lastIndexOf('#');
        return new QueuedUse(cluster, number < 0 ? build : build.substring(0, number));
    }

    QueuedUse moved(String from, String to) {
        return job.equals(from) || job.startsWith(from + "/")
                ? new QueuedUse(cluster, to + job.substring(from.length()))
                : this;
    }
}
