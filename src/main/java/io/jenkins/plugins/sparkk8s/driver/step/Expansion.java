package io.jenkins.plugins.sparkk8s.driver.step;

/**
 * Protects a text from the expansion that Kubernetes does in arguments and variables of a container: there {@code $(NAME)}
 * stands for the value of a variable, and {@code $$} for one dollar sign.
 */
final class Expansion {
    private Expansion() {}

    /** The text that becomes the given one in the container; the same when nothing in it would be expanded. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            boolean begins = text.charAt(i) == '$' && (next == '$' || next == '(');
            escaped.append(begins ? "$$" : text.charAt(i));
        }
        return escaped.toString();
    }
}
