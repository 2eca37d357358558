package org.jenkinsci;

import hudson.init.Initializer;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Writes the indexes by which Jenkins finds the classes that carry {@link Symbol}, and those with methods that carry
 * {@link Initializer}: their binary names, one on a line.
 *
 * <p>Jenkins has an annotation processor for it, which Maven Central cannot serve, since its parent POM is not there; the
 * published build uses that one. Jenkins has no class of this name.
 */
public final class SymbolIndex {
    private static final String CLASS_FILE = ".class";

    private SymbolIndex() {}

    /** @param arguments the directory of compiled classes, which are on the class path; the indexes are written into it */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        List<Class<?>> classes = classes(directory);
        write(directory, Symbol.class, classes, type -> type.isAnnotationPresent(Symbol.class));
        write(
                directory,
                Initializer.class,
                classes,
                type -> Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(method -> method.isAnnotationPresent(Initializer.class)));
    }

    private static void write(
            Path directory, Class<? extends Annotation> annotation, List<Class<?>> classes, Predicate<Class<?>> has)
            throws IOException {
        Path index = directory.resolve("META-INF/annotations/" + annotation.getName());
        Files.createDirectories(index.getParent());
        Files.write(index, classes.stream().filter(has).map(Class::getName).toList());
    }

    private static List<Class<?>> classes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> directory.relativize(file).toString())
                    .filter(file -> file.endsWith(CLASS_FILE) && !file.endsWith("-info" + CLASS_FILE))
                    .map(SymbolIndex::binaryName)
                    .sorted()
                    .<Class<?>>map(SymbolIndex::type)
                    .toList();
        }
    }

    private static String binaryName(String file) {
        return file.substring(0, file.length() - CLASS_FILE.length()).replace('/', '.');
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name, false, SymbolIndex.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Class " + name + " was compiled but is not on the class path", e);
        }
    }
}
