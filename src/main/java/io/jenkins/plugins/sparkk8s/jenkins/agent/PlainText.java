package io.jenkins.plugins.sparkk8s.jenkins.agent;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text of a file name or an agent for the build log, in which control characters can forge lines and notes. */
final class PlainText {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private PlainText() {}

    static String line(String text) {
        return CONTROL.matcher(text).replaceAll("?");
    }

    /** Keeps line ends: one complaint may be several sentences. */
    static String lines(String text) {
        return text.lines().map(PlainText::line).collect(Collectors.joining("\n"));
    }
}
