package io.jenkins.plugins.sparkk8s.docs;

import java.beans.Introspector;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** What a Pipeline or Configuration as Code may say of a class: its constructor's parameters and its setters. */
final class DataBound {
    private DataBound() {}

    /** Types by the names of the arguments. */
    static Map<String, Type> arguments(Class<?> type) {
        Map<String, Type> arguments = new TreeMap<>(required(type));
        Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .forEach(setter -> arguments.put(property(setter), setter.getGenericParameterTypes()[0]));
        return arguments;
    }

    /** Those of the constructor. */
    static Map<String, Type> required(Class<?> type) {
        Map<String, Type> arguments = new TreeMap<>();
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                for (Parameter parameter : constructor.getParameters()) {
                    arguments.put(parameter.getName(), parameter.getParameterizedType());
                }
            }
        }
        return arguments;
    }

    private static String property(Method setter) {
        return Introspector.decapitalize(setter.getName().substring("set".length()));
    }

    /** How a Pipeline or Configuration as Code calls it; said of the class or of its descriptor. */
    static String symbol(Class<?> type) {
        return Stream.concat(Stream.of(type), Arrays.stream(type.getDeclaredClasses()))
                .filter(declared -> declared.isAnnotationPresent(Symbol.class))
                .map(declared -> declared.getAnnotation(Symbol.class).value()[0])
                .findFirst()
                .orElseThrow();
    }
}
