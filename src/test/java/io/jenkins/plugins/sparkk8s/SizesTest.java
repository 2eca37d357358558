package io.jenkins.plugins.sparkk8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Classes, methods and constructors that are read at a glance. */
class SizesTest {
    private static final Path MAIN = Path.of("src", "main", "java");

    /** In lines. */
    private static final int LONGEST_CLASS = 350;

    private static final int LONGEST_METHOD = 35;

    /** A context value has what all need. */
    private static final int MOST_PARAMETERS = 5;

    /** But for tables of options. */
    @Test
    void classesAreShort() throws IOException {
        List<String> tables = List.of("CoreOptions.java", "DriverSideOptions.java");
        List<Path> files = new ArrayList<>(sources(MAIN));
        files.addAll(sources(Path.of("src", "local-cluster", "java")));
        for (Path file : files) {
            if (!tables.contains(file.getFileName().toString())) {
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(LONGEST_CLASS);
            }
        }
    }

    @Test
    void methodsAreShort() throws IOException {
        assertThat(methods().filter(method -> method.lines() > LONGEST_METHOD)).isEmpty();
    }

    /** But for values: records, and those that are stored, which have private ones. */
    @Test
    void constructorsTakeFewThings() throws IOException {
        assertThat(methods()
                        .filter(method -> method.tree().getName().contentEquals("<init>"))
                        .filter(constructor -> constructor.kind() != Tree.Kind.RECORD)
                        .filter(constructor ->
                                !constructor.tree().getModifiers().getFlags().contains(Modifier.PRIVATE))
                        .filter(constructor ->
                                constructor.tree().getParameters().size() > MOST_PARAMETERS))
                .isEmpty();
    }

    private record Method(Path file, Tree.Kind kind, MethodTree tree, long lines) {
        @Override
        public String toString() {
            return "%s.%s, %d lines".formatted(file.getFileName(), tree.getName(), lines);
        }
    }

    private static Stream<Method> methods() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Method> methods = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources(MAIN)));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new Collector(unit, positions), methods);
            }
        }
        assertThat(methods).hasSizeGreaterThan(1000);
        return methods.stream();
    }

    private static final class Collector extends TreeScanner<Void, List<Method>> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private Tree.Kind kind;

        Collector(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree type, List<Method> methods) {
            Tree.Kind outer = kind;
            kind = type.getKind();
            super.visitClass(type, methods);
            kind = outer;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, List<Method> methods) {
            LineMap lines = unit.getLineMap();
            long first = lines.getLineNumber(positions.getStartPosition(unit, method));
            long last = lines.getLineNumber(positions.getEndPosition(unit, method));
            methods.add(new Method(Path.of(unit.getSourceFile().toUri()), kind, method, last - first + 1));
            return super.visitMethod(method, methods);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
