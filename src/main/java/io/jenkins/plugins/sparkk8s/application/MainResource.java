package io.jenkins.plugins.sparkk8s.application;

/** The main resource of an application; its kind decides how the driver is started. */
public sealed interface MainResource {

    /**
     * Spark's marker for "no resource of its own": the class is found on the class path
     * ({@code SparkLauncher.NO_RESOURCE}).
     */
    String SPARK_INTERNAL = "spark-internal";

    /** The value of {@code spark.kubernetes.resource.type}. */
    String resourceType();

    /** A jar whose main class is run. */
    record JavaJar(ResourceUri jar) implements MainResource {
        @Override
        public String resourceType() {
            return "java";
        }
    }

    /** No file at all: the main class is in the image or in one of the jars. */
    record SparkInternal() implements MainResource {
        @Override
        public String resourceType() {
            return "java";
        }
    }

    /** A Python program. */
    record PythonFile(ResourceUri file) implements MainResource {
        @Override
        public String resourceType() {
            return "python";
        }
    }

    /** An R program. */
    record RFile(ResourceUri file) implements MainResource {
        @Override
        public String resourceType() {
            return "r";
        }
    }

    /**
     * Finds the kind by the name, as {@code SparkSubmit} does: {@code .py} is Python, {@code .R} or {@code .r} is R.
     */
    static MainResource of(ResourceUri uri) {
        String path = uri.location();
        if (path.endsWith(".py")) {
            return new PythonFile(uri);
        }
        if (path.endsWith(".R") || path.endsWith(".r")) {
            return new RFile(uri);
        }
        return new JavaJar(uri);
    }
}
