package io.jenkins.plugins.sparkk8s.application;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a YAML file, for a sentence: the parsers' own messages have several lines, or names of Java classes. */
public final class YamlErrors {
    private static final Pattern MARK = Pattern.compile("line ([0-9]{1,9}), column ([0-9]{1,9})");
    private static final String UNEXPECTED = "it is not of the expected form";

    private YamlErrors() {}

    /**
     * The problem with its line and column; for a value of the wrong type its path. One line, without a full stop.
     *
     * @param failure what the API client threw when it read the file
     */
    public static String describe(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable link = failure; link != null && !chain.contains(link); link = link.getCause()) {
            chain.add(link);
        }
        for (int i = chain.size() - 1; i >= 0; i--) {
            Throwable link = chain.get(i);
            if (link instanceof JsonMappingException mapping
                    && !mapping.getPath().isEmpty()) {
                return "the value of %s has the wrong type".formatted(path(mapping));
            }
            if (MARK.matcher(String.valueOf(link.getMessage())).find()) {
                return marked(link.getMessage());
            }
        }
        return chain.get(chain.size() - 1) instanceof JsonMappingException
                ? UNEXPECTED
                : firstLine(chain.get(chain.size() - 1));
    }

    private static String path(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        failure.getPath().forEach(reference -> {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        });
        return path.toString();
    }

    /** The parsers put the context first and the problem last, each with a mark and the text around it. */
    private static String marked(String message) {
        String problem = UNEXPECTED;
        String place = "";
        String before = "";
        for (String line : message.lines().map(String::strip).toList()) {
            Matcher mark = MARK.matcher(line);
            if (mark.find()) {
                problem = line.startsWith("in ") && !before.isEmpty() ? before : problem;
                place = ", line %s, column %s".formatted(mark.group(1), mark.group(2));
            }
            before = line;
        }
        return problem + place;
    }

    private static String firstLine(Throwable failure) {
        String text = String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        return text.isEmpty() || text.equals("null") ? failure.getClass().getSimpleName() : text;
    }
}
