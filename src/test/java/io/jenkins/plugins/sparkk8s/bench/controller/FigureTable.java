package io.jenkins.plugins.sparkk8s.bench.controller;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The figures of one scenario in Markdown, a column for each number of applications, with the exponent of each figure. */
final class FigureTable {
    private static final int GOALS_HOLD_AT = 1000;

    private final SortedMap<Integer, Map<Figure, Double>> columns = new TreeMap<>();
    private final boolean hasGoals;

    /** @param hasGoals whether the goals are for such a scenario */
    FigureTable(boolean hasGoals) {
        this.hasGoals = hasGoals;
    }

    void add(int applications, Map<Figure, Double> figures) {
        columns.put(applications, new EnumMap<>(figures));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        String numbers = columns.keySet().stream()
                .map(number -> String.format(Locale.ROOT, "%,d", number))
                .collect(Collectors.joining(" | "));
        lines.add("| applications | %s | exponent | goal at 1,000 | of the goal |".formatted(numbers));
        lines.add("| --- |" + " ---: |".repeat(columns.size() + 3));
        for (Figure figure : Figure.values()) {
            if (columns.values().stream().anyMatch(column -> column.containsKey(figure))) {
                lines.add(line(figure));
            }
        }
        return lines;
    }

    private String line(Figure figure) {
        String values = columns.keySet().stream()
                .map(number -> Figure.format(value(number, figure)))
                .collect(Collectors.joining(" | "));
        boolean hasGoal = hasGoals && !Double.isNaN(figure.goal());
        double reached = hasGoal ? value(GOALS_HOLD_AT, figure) / figure.goal() : Double.NaN;
        return "| %s | %s | %s | %s | %s |"
                .formatted(
                        figure.text(),
                        values,
                        exponentText(figure),
                        hasGoal ? "under " + Figure.format(figure.goal()) : "",
                        hasGoal ? Figure.format(reached) : "");
    }

    private double value(int applications, Figure figure) {
        return columns.getOrDefault(applications, Map.of()).getOrDefault(figure, Double.NaN);
    }

    private String exponentText(Figure figure) {
        double exponent = exponent(figure);
        // Adding zero turns -0.0 into 0.0.
        return Double.isNaN(exponent) ? "–" : String.format(Locale.ROOT, "%.2f", Math.rint(exponent * 100) / 100 + 0.0);
    }

    /** The slope of the figure over the number of applications, both as logarithms: 0 is flat, 1 is linear. */
    private double exponent(Figure figure) {
        List<double[]> points = columns.keySet().stream()
                .map(number -> new double[] {Math.log(number), Math.log(value(number, figure))})
                .filter(point -> Double.isFinite(point[1]))
                .toList();
        double meanX = points.stream().mapToDouble(point -> point[0]).average().orElse(0);
        double meanY = points.stream().mapToDouble(point -> point[1]).average().orElse(0);
        double products = points.stream()
                .mapToDouble(point -> (point[0] - meanX) * (point[1] - meanY))
                .sum();
        double squares = points.stream()
                .mapToDouble(point -> Math.pow(point[0] - meanX, 2))
                .sum();
        return squares == 0 ? Double.NaN : products / squares;
    }
}
