package io.jenkins.plugins.sparkk8s.jenkins.agent;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** What {@link IsolatedLoaderTest} calls by reflection in a loader of its own. */
public final class IsolatedStaging {
    private static final Logger LOGGER = Logger.getLogger(IsolatedStaging.class.getName());

    private IsolatedStaging() {}

    /**
     * Stages one file.
     *
     * @return names of what was uploaded
     */
    public static List<String> stage(Path home) throws IOException, InterruptedException {
        Workspace workspace = new Workspace(home);
        workspace.file("app.py", "print(1)");
        workspace.file("lib/a.jar", "a");
        // The pattern in conf is looked up by Hadoop, that of the argument is not.
        PreparedSubmission prepared = workspace.stage(Requests.ofImage()
                .uploadTo(workspace.uploadPath())
                .main("app.py", null)
                .conf("spark.jars", "lib/*.jar"));
        prepared.preview();
        return workspace.uploaded();
    }

    /** The first use of Hadoop by another plugin, with a loader that does not know it. */
    public static boolean poison() {
        try (FileSystem fileSystem = FileSystem.newInstance(URI.create("file:///"), new Configuration())) {
            return fileSystem == null;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "Poisoned", e);
            return true;
        }
    }
}
