package io.jenkins.plugins.sparkk8s.jenkins.build;

/** One line of a box: what it is, and its text, which is plain and to be escaped where it is shown. */
public final class ApplicationFact {
    private final String label;
    private final String text;
    private final String href;

    /** @param href null unless the text is a link */
    ApplicationFact(String label, String text, String href) {
        this.label = label;
        this.text = text;
        this.href = href;
    }

    public String getLabel() {
        return label;
    }

    public String getText() {
        return text;
    }

    public String getHref() {
        return href;
    }
}
