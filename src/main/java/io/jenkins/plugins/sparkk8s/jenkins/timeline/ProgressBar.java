package io.jenkins.plugins.sparkk8s.jenkins.timeline;

/** One bar of a box: what moves, and how far it is. Its texts are plain and to be escaped where they are shown. */
public final class ProgressBar {
    private final String label;
    private final String text;
    private final int percent;

    ProgressBar(String label, String text, int percent) {
        this.label = label;
        this.text = text;
        this.percent = percent;
    }

    public String getLabel() {
        return label;
    }

    public String getText() {
        return text;
    }

    /** 0 to 100. */
    public int getPercent() {
        return percent;
    }
}
