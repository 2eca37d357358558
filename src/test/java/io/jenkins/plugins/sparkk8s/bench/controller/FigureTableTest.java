package io.jenkins.plugins.sparkk8s.bench.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureTableTest {
    private final FigureTable table = new FigureTable(true);

    @Test
    void distinguishesFlatFromLinearByTheExponent() {
        table.add(10, Map.of(Figure.THREADS, 31.0, Figure.IDLE_REQUESTS, 4.0, Figure.STARTED, 0.3));
        table.add(100, Map.of(Figure.THREADS, 31.0, Figure.IDLE_REQUESTS, 40.0, Figure.STARTED, 30.0));
        table.add(1000, Map.of(Figure.THREADS, 31.0, Figure.IDLE_REQUESTS, 400.0, Figure.STARTED, 3000.0));

        assertThat(table.lines())
                .contains(
                        "| threads | 31 | 31 | 31 | 0.00 |  |  |",
                        "| idle: requests, /s | 4 | 40 | 400 | 1.00 | under 80 | 5 |",
                        "| all started, until each executor has its line, s | 0.30 | 30 | 3,000 | 2.00 |  |  |");
    }

    @Test
    void leavesOutWhatNoRunMeasured() {
        table.add(10, Map.of(Figure.THREADS, 31.0));

        assertThat(table.lines()).hasSize(3).last().isEqualTo("| threads | 31 | – |  |  |");
    }

    @Test
    void hasNoGoalsForChattyApplications() {
        FigureTable chatty = new FigureTable(false);
        chatty.add(1000, Map.of(Figure.IDLE_REQUESTS, 1000.0));

        assertThat(chatty.lines()).last().isEqualTo("| idle: requests, /s | 1,000 | – |  |  |");
    }
}
