package io.jenkins.plugins.sparkk8s.application;

import io.jenkins.plugins.sparkk8s.conf.ConfigurationException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** Reads the main class that a jar names itself. */
final class JarManifest {
    private JarManifest() {}

    /** @throws ConfigurationException when the jar cannot be read here, or names none */
    static String mainClass(ResourceUri jar) {
        if (!jar.isSubmitterLocal()) {
            throw new ConfigurationException(
                    "The main class must be given with --class: the manifest of %s cannot be read before submission."
                            .formatted(jar));
        }
        try (JarFile file = new JarFile(jar.localPath().toFile())) {
            Manifest manifest = file.getManifest();
            String name = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
            if (name == null) {
                throw new ConfigurationException(
                        "The manifest of %s names no main class. Give it with --class.".formatted(jar.localPath()));
            }
            return name;
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The main class cannot be read from %s (%s). Check the path, or give the class with --class."
                            .formatted(jar.localPath(), reason(e)));
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }
}
