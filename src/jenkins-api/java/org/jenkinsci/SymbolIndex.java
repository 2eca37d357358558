package org.jenkinsci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the index by which Jenkins finds the classes that carry {@link Symbol}: their binary names, one on a line.
 *
 * <p>Jenkins has an annotation processor for it, which Maven Central cannot serve, since its parent POM is not there; the
 * published build uses that one. Jenkins has no class of this name.
 */
public final class SymbolIndex {
    private static final String CLASS_FILE = ".class";

    private SymbolIndex() {}

    /** @param arguments the directory of compiled classes, which are on the class path; the index is written into it */
    public static void main(String[] arguments) throws IOException {
        Path classes = Path.of(arguments[0]);
        Path index = classes.resolve("META-INF/annotations/" + Symbol.class.getName());
        Files.createDirectories(index.getParent());
        Files.write(index, annotated(classes));
    }

    private static List<String> annotated(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(CLASS_FILE) && !file.endsWith("-info" + CLASS_FILE))
                    .map(SymbolIndex::binaryName)
                    .filter(SymbolIndex::hasSymbol)
                    .sorted()
                    .toList();
        }
    }

    private static String binaryName(String file) {
        return file.substring(0, file.length() - CLASS_FILE.length()).replace('/', '.');
    }

    private static boolean hasSymbol(String name) {
        try {
            return Class.forName(name, false, SymbolIndex.class.getClassLoader())
                    .isAnnotationPresent(Symbol.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Class " + name + " was compiled but is not on the class path", e);
        }
    }
}
