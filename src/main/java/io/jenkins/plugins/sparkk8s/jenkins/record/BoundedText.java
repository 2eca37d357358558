package io.jenkins.plugins.sparkk8s.jenkins.record;

import io.jenkins.plugins.sparkk8s.monitor.output.TextSanitizer;

/** Makes a stranger's text fit to be kept and shown: one printable line of a bounded length. */
final class BoundedText {
    private BoundedText() {}

    /**
     * @param text null stays null
     * @param most longest result, in characters; an ellipsis marks what is cut off
     */
    static String line(String text, int most) {
        if (text == null) {
            return null;
        }
        String line = TextSanitizer.line(text).replace('\ufffe', ' ').replace('\uffff', ' ');
        if (line.length() <= most) {
            return line;
        }
        int cut = Character.isHighSurrogate(line.charAt(most - 2)) ? most - 2 : most - 1;
        return line.substring(0, cut) + "…";
    }
}
