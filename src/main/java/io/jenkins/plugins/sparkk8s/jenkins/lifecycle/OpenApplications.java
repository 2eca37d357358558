package io.jenkins.plugins.sparkk8s.jenkins.lifecycle;

import hudson.XmlFile;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;

/**
 * The applications that have not ended, or of which something is left, by the ids of their records. Kept in a file of its own,
 * so that after a crash the next controller finds them without looking through all builds.
 */
final class OpenApplications {
    private final Map<String, OpenApplication> open = new TreeMap<>();
    private boolean loaded;

    /** Work on the list. */
    private interface Change {
        void on(Map<String, OpenApplication> open);
    }

    /** Returns when it is on the disk. */
    void put(String id, OpenApplication application) throws IOException {
        change(all -> all.put(id, application));
    }

    void remove(String id) throws IOException {
        change(all -> all.remove(id));
    }

    /** A job, or a folder with all its jobs, has another full name. */
    void moved(String from, String to) throws IOException {
        if (all().values().stream().anyMatch(application -> isIn(from, application.build()))) {
            change(all -> all.replaceAll((id, application) -> isIn(from, application.build())
                    ? application.ofBuild(to + application.build().substring(from.length()))
                    : application));
        }
    }

    private static boolean isIn(String item, String build) {
        return build.startsWith(item + "#") || build.startsWith(item + "/");
    }

    synchronized Map<String, OpenApplication> all() throws IOException {
        load();
        return new TreeMap<>(open);
    }

    private synchronized void change(Change change) throws IOException {
        load();
        change.on(open);
        file().write(new TreeMap<>(open));
    }

    private void load() throws IOException {
        if (!loaded && file().exists()) {
            ((Map<?, ?>) file().read()).forEach((id, application) -> open.put((String) id, loaded(application)));
        }
        loaded = true;
    }

    /** Earlier versions kept nothing but the build. */
    private static OpenApplication loaded(Object application) {
        return application instanceof OpenApplication known ? known : new OpenApplication((String) application);
    }

    private static XmlFile file() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), "spark-applications.xml"));
    }
}
