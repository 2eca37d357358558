package io.jenkins.plugins.sparkk8s.parity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs {@code SparkSubmit} of whichever Spark is on the class path, once for each line of standard input.
 *
 * <p>Started in a process of its own that has Spark's class path and this one class, so it must not refer to any other
 * class than the JDK's. A request is one line: fields in Base64, separated by blanks: the arguments' number, the
 * arguments, then environment variables as {@code NAME=value}. It ends with its input. The answer is one line: {@code ok}, or {@code refused}
 * and the exception's messages in Base64.
 */
final class SparkSubmitRunner {
    private static final String SUBMIT = "org.apache.spark.deploy.SparkSubmit";

    private SparkSubmitRunner() {}

    public static void main(String[] args) throws IOException, ReflectiveOperationException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Map<String, String> environment = environment();
        Map<String, String> original = new LinkedHashMap<>(environment);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            List<String> fields = Arrays.stream(line.split(" ", -1))
                    .map(SparkSubmitRunner::decode)
                    .toList();
            int arguments = Integer.parseInt(fields.get(0));
            environment.clear();
            environment.putAll(original);
            for (String variable : fields.subList(arguments + 1, fields.size())) {
                int equals = variable.indexOf('=');
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
            answers.println(submit(fields.subList(1, arguments + 1)));
            answers.flush();
        }
        System.exit(0);
    }

    private static String decode(String field) {
        return new String(Base64.getDecoder().decode(field), StandardCharsets.UTF_8);
    }

    private static String submit(List<String> arguments) throws ReflectiveOperationException {
        Thread.currentThread().setContextClassLoader(SparkSubmitRunner.class.getClassLoader());
        try {
            Class<?> type = Class.forName(SUBMIT);
            Object submit = type.getDeclaredConstructor().newInstance();
            type.getMethod("doSubmit", String[].class).invoke(submit, (Object) arguments.toArray(new String[0]));
            return "ok";
        } catch (InvocationTargetException e) {
            StringBuilder text = new StringBuilder();
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                text.append(cause).append('\n');
            }
            return "refused "
                    + Base64.getEncoder().encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The map behind {@link System#getenv}: a JVM for each set of variables would take four seconds each. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> environment() throws ReflectiveOperationException {
        Map<String, String> unmodifiable = System.getenv();
        Field field = unmodifiable.getClass().getDeclaredField("m");
        field.setAccessible(true);
        return (Map<String, String>) field.get(unmodifiable);
    }
}
