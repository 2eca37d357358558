package hudson;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Util {
    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Za-z0-9_]+|\\{[A-Za-z0-9_.]+\\}|\\$)");

    public static String replaceMacro(String text, Map<String, String> properties) {
        if (text == null) {
            return null;
        }
        return VARIABLE.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value(match.group(), properties)));
    }

    private static String value(String variable, Map<String, String> properties) {
        if (variable.equals("$$")) {
            return "$";
        }
        return properties.getOrDefault(variable.replaceAll("[${}]", ""), variable);
    }

    public static String fixEmpty(String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    public static String fixEmptyAndTrim(String text) {
        return text == null ? null : fixEmpty(text.trim());
    }

    public static String fixNull(String text) {
        return text == null ? "" : text;
    }
}
