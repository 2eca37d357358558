package io.jenkins.plugins.sparkk8s.monitor.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Drivers that hang take few connections, and none of other clusters. */
class UiRequestsTest {
    private final UiRequests requests = new UiRequests();
    private final List<CompletableFuture<String>> underWay = new ArrayList<>();

    private CompletableFuture<String> read(String cluster) {
        return requests.run(cluster, () -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            underWay.add(answer);
            return answer;
        });
    }

    @Test
    void beginsFewReadsOfOneClusterAtATime() {
        for (int i = 0; i < 100; i++) {
            read("a");
        }

        assertThat(underWay).hasSize(8);
    }

    @Test
    void beginsTheNextReadWhenOneEndsOrFails() {
        List<CompletableFuture<String>> results = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            results.add(read("a"));
        }
        underWay.get(0).complete("answer");
        underWay.get(1).completeExceptionally(new IllegalStateException("broken off"));

        assertThat(underWay).hasSize(10);
        assertThat(results.get(0)).isCompletedWithValue("answer");
        assertThat(results.get(1)).isCompletedExceptionally();
    }

    @Test
    void letsAnotherClusterGoAhead() {
        for (int i = 0; i < 100; i++) {
            read("silent");
        }
        int before = underWay.size();

        read("healthy");

        assertThat(underWay).hasSize(before + 1);
    }
}
