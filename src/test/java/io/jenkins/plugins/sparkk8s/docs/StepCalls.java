package io.jenkins.plugins.sparkk8s.docs;

import io.jenkins.plugins.sparkk8s.jenkins.model.EmptyDirVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.HostPathVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.NfsVolume;
import io.jenkins.plugins.sparkk8s.jenkins.model.PersistentVolumeClaimVolume;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkInfrastructureCondition;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sKillStep;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sSubmitStep;
import io.jenkins.plugins.sparkk8s.jenkins.step.SparkK8sWaitStep;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;

/** The calls of what we bring to Pipeline in one script, each argument looked up in the class that it is bound to. */
final class StepCalls extends ClassCodeVisitorSupport {
    static final String STEP = "sparkK8sSubmit";

    private static final Map<String, Class<?>> CALLS = new TreeMap<>(Map.of(
            STEP,
            SparkK8sSubmitStep.class,
            SparkK8sWaitStep.NAME,
            SparkK8sWaitStep.class,
            SparkK8sKillStep.NAME,
            SparkK8sKillStep.class));

    static {
        List.of(
                        EmptyDirVolume.class,
                        HostPathVolume.class,
                        NfsVolume.class,
                        PersistentVolumeClaimVolume.class,
                        SparkInfrastructureCondition.class)
                .forEach(type -> CALLS.put(DataBound.symbol(type), type));
    }

    private final List<String> names = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /** Reads a script as Jenkins does, up to its syntax tree. */
    static StepCalls of(String script) {
        CompilationUnit unit = new CompilationUnit();
        unit.addSource("Jenkinsfile", script);
        unit.compile(Phases.CONVERSION);
        StepCalls calls = new StepCalls();
        List<?> classes = unit.getAST().getClasses();
        classes.forEach(type -> calls.visitClass((ClassNode) type));
        unit.getAST().getModules().forEach(module -> module.getStatementBlock().visit(calls));
        return calls;
    }

    /** The names of our calls, in the order of the script. */
    List<String> names() {
        return names;
    }

    /** Arguments that nothing takes. */
    List<String> problems() {
        return problems;
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return null;
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
        Class<?> type = CALLS.get(call.getMethodAsString());
        if (type != null && call.isImplicitThis()) {
            names.add(call.getMethodAsString());
            named(call.getArguments()).forEach(map -> check(call.getMethodAsString(), type, map));
        }
        super.visitMethodCallExpression(call);
    }

    private static List<MapExpression> named(Expression arguments) {
        return ((TupleExpression) arguments)
                .getExpressions().stream()
                        .filter(MapExpression.class::isInstance)
                        .map(MapExpression.class::cast)
                        .toList();
    }

    private void check(String name, Class<?> type, MapExpression written) {
        Map<String, Type> known = DataBound.arguments(type);
        List<String> given = new ArrayList<>();
        for (MapEntryExpression entry : written.getMapEntryExpressions()) {
            String argument = text(entry.getKeyExpression());
            given.add(argument);
            if (!known.containsKey(argument)) {
                problems.add("%s has no argument %s".formatted(name, argument));
            } else {
                value(argument, known.get(argument), entry.getValueExpression());
            }
        }
        DataBound.required(type).keySet().stream()
                .filter(argument -> !given.contains(argument))
                .forEach(argument -> problems.add("%s lacks %s".formatted(name, argument)));
    }

    /** Follows literals; what is computed when the script runs cannot be known. */
    private void value(String argument, Type type, Expression value) {
        boolean isMap = value instanceof MapExpression;
        boolean isList = value instanceof ListExpression;
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            if (isMap || value instanceof ConstantExpression) {
                problems.add("%s must be a list".formatted(argument));
            } else if (isList) {
                Type element = generic.getActualTypeArguments()[0];
                ((ListExpression) value).getExpressions().forEach(each -> value(argument, element, each));
            }
        } else if (isMap && argument.equals("conf")) {
            // Bound as a text, which the descriptor makes of it.
            return;
        } else if (type instanceof Class<?> plain && isMap) {
            check(argument, plain, (MapExpression) value);
        } else if (isList || type == boolean.class && !isFlag(value)) {
            problems.add("%s cannot be %s".formatted(argument, value.getText()));
        }
    }

    private static boolean isFlag(Expression value) {
        return !(value instanceof ConstantExpression constant) || constant.getValue() instanceof Boolean;
    }

    private static String text(ASTNode key) {
        return ((Expression) key).getText();
    }
}
