package io.jenkins.plugins.sparkk8s.bench.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bench measures what it says only if its server shows the monitor what happens to its pods. */
class PodServerTest {
    private static final Scenario QUIET = new Scenario("1/1/1", false, 0, 0);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final PrintedLines printed = new PrintedLines();

    @TempDir
    Path checkpoints;

    private void take(String line) {
        lines.add(line);
        printed.accept(line);
    }

    @Test
    void showsTheMonitorItsExecutorsTheirChangesAndTheLog() throws Exception {
        try (PodServer server = new PodServer(QUIET.server(2, 3));
                KubernetesClient client = Controller.client(server.port());
                Controller controller = new Controller(checkpoints, this::take)) {
            Controller.Monitoring first = controller.monitor(client, 0);
            Controller.Monitoring second = controller.monitor(client, 1);
            await().until(() -> printed.executorLines() == 6);
            await().until(() ->
                    lines.stream().filter(line -> line.contains("| 26/11/27")).count() == 40);

            server.obey("replace");
            long[] changed = ServerProcess.numbers(server.obey("stamps")).toArray();

            assertThat(changed).hasSize(2);
            await().until(() -> printed.missing(LongStream.of(changed)) == 0);
            first.stop();
            second.stop();
        }
    }

    /** Else a change between two pages would shift the pods, and the monitor could miss what it is measured for. */
    @Test
    void showsOneMomentInAllPagesOfAList() {
        PodStore store = new PodStore(2, 3);
        ListPages pages = new ListPages();
        PodSelection all = PodSelection.of(null, null);
        List<BenchPod> before = store.list(all).pods();
        ListPages.Page first = pages.first(store.list(all), 3);
        store.delete(0, 0);
        store.create(0, 0);
        ListPages.Page second = pages.next(first.next());
        ListPages.Page third = pages.next(second.next());

        assertThat(first.remaining()).isEqualTo(5);
        assertThat(Stream.of(first, second, third)
                        .flatMap(page -> page.pods().stream())
                        .toList())
                .isEqualTo(before);
        assertThat(third.next()).isNull();
        assertThat(List.of(second.version(), third.version())).containsOnly(first.version());
        assertThat(pages.next(second.next())).isNull();
    }
}
