package io.jenkins.plugins.sparkk8s.jenkins.history;

import java.util.List;
import java.util.Locale;

/** One run in a chart. Public only because pages are rendered by reflection. */
public final class HistoryBar {
    /** Of the room of a bar. */
    private static final double THICKNESS = 0.7;

    private static final double PERCENT = 100;

    private final HistoryRow row;
    private final int index;
    private final int count;
    private final List<Part> parts;

    /** @param parts from the bottom up */
    HistoryBar(HistoryRow row, int index, int count, List<Part> parts) {
        this.row = row;
        this.index = index;
        this.count = count;
        this.parts = parts;
    }

    /** Its place, for what is as wide as the room of the bar; with the unit, as an attribute has it. */
    public String getLeft() {
        return percent(index / (double) count);
    }

    /** The room of the bar. */
    public String getRoom() {
        return percent(1.0 / count);
    }

    public String getX() {
        return percent((index + (1 - THICKNESS) / 2) / count);
    }

    public String getMiddle() {
        return percent((index + 0.5) / count);
    }

    public String getWidth() {
        return percent(THICKNESS / count);
    }

    public HistoryRow getRow() {
        return row;
    }

    public List<Part> getParts() {
        return parts;
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", PERCENT * value);
    }

    /** A piece of a bar. */
    public static final class Part {
        private final String kind;
        private final double top;
        private final double height;

        /**
         * @param kind name of a phase, or cores
         * @param top 0 to 1, from above
         * @param height 0 to 1
         */
        Part(String kind, double top, double height) {
            this.kind = kind;
            this.top = top;
            this.height = height;
        }

        public String getKind() {
            return kind;
        }

        public String getY() {
            return percent(Math.max(0, top));
        }

        public String getHeight() {
            return percent(height);
        }
    }
}
