package io.jenkins.plugins.sparkk8s.jenkins.agent;

import java.io.Serializable;

/**
 * The step's arguments that name files, as they were written; each is null when it was not given.
 *
 * <p>Lists hold Ant patterns of workspace files, paths and URIs, separated by commas or line ends. An entry may end with
 * {@code #alias}.
 *
 * @param jars further jars
 * @param files for the working directory of driver and executors
 * @param archives unpacked there; a folder is zipped
 * @param pyFiles for the Python path; a folder is zipped
 * @param propertiesFile files with configuration entries, of which later ones win; no patterns
 * @param driverPodTemplate one file
 * @param executorPodTemplate one file
 */
public record FileArguments(
        String jars,
        String files,
        String archives,
        String pyFiles,
        String propertiesFile,
        String driverPodTemplate,
        String executorPodTemplate)
        implements Serializable {

    private static final FileArguments NONE = new FileArguments(null, null, null, null, null, null, null);

    public static FileArguments none() {
        return NONE;
    }
}
