package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

/**
 * What an application takes up while it runs.
 *
 * @param cluster name of a configured cluster
 * @param job full name
 */
record QueuedUse(String cluster, String job) {

    static QueuedUse of(OpenApplication application) {
        String build = application.build();
        int number = build.lastIndexOf('#');
        return new QueuedUse(application.cluster(), number < 0 ? build : build.substring(0, number));
    }

    QueuedUse moved(String from, String to) {
        return job.equals(from) || job.startsWith(from + "/")
                ? new QueuedUse(cluster, to + job.substring(from.length()))
                : this;
    }
}
