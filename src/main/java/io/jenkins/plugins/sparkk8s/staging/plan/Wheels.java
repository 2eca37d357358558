package io.jenkins.plugins.sparkk8s.staging.plan;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;

/**
 * Wheels on the Python path. A wheel is a zip, but the executors of PySpark take only what is named {@code .zip},
 * {@code .egg} or {@code .jar} for one.
 */
final class Wheels {
    private static final String WHEEL = ".whl";
    /** For each machine: nothing in it is compiled. */
    private static final String PURE = "-any" + WHEEL;

    private Wheels() {}

    /**
     * The name under which a file of the Python path is uploaded.
     *
     * @throws ConfigurationException when it is a wheel that Python cannot import as a zip
     */
    static String nameOnThePythonPath(String fileName) {
        if (!fileName.endsWith(WHEEL)) {
            return fileName;
        }
        if (!fileName.endsWith(PURE)) {
            throw new ConfigurationException(
                    "%s has compiled code, which Python does not import from an archive (%s). Install it in a virtual environment and list that in archives."
                            .formatted(fileName, io.jenkins.plugins.sparkk8s.conf.CoreOptions.PY_FILES.key()));
        }
        return fileName.substring(0, fileName.length() - WHEEL.length()) + ".zip";
    }
}
