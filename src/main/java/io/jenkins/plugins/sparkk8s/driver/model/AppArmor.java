package io.jenkins.plugins.sparkk8s.driver.model;

/** The annotations by which a container is given an AppArmor profile. */
public final class AppArmor {
    private static final String ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

    private AppArmor() {}

    /** Whether the Pod Security levels refuse a pod with this annotation. */
    public static boolean isRefused(String annotation, String value) {
        boolean admitted = value.isEmpty() || value.equals("runtime/default") || value.startsWith("localhost/");
        return annotation.startsWith(ANNOTATION) && !admitted;
    }
}
