package io.jenkins.plugins.sparkk8s.jenkins.agent;

import io.jenkins.plugins.sparkk8s.conf.CoreOptions;
import io.jenkins.plugins.sparkk8s.conf.SparkConf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder that {@code python -m venv}, virtualenv or conda has made. */
final class PythonEnvironment {
    private PythonEnvironment() {}

    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve("pyvenv.cfg")) || Files.isDirectory(folder.resolve("conda-meta"));
    }

    /**
     * What to set so that the environment is used, when nothing is.
     *
     * @param name of its folder in the working directory of driver and executors
     */
    static Optional<String> hint(String name, SparkConf conf) {
        String interpreter = CoreOptions.PYSPARK_PYTHON.key();
        return conf.get(interpreter).isPresent()
                ? Optional.empty()
                : Optional.of("The Python environment %s is sent, but not used: set %s to ./%s/bin/python."
                        .formatted(name, interpreter, name));
    }
}
