package io.jenkins.plugins.sparkk8s.staging.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The classes of a file system come over the agent's channel in the middle of the first calls. A thread that is interrupted then leaves
 * classes that never load again.
 */
@Timeout(180)
class FirstUseOnAgentTest {
    private final HadoopLoader loader = HadoopLoader.ofAgent();

    @Test
    void endsWithTheFirstFileThatWasWritten() {
        assertThat(loader.fetchesClasses("s3a://uploads/a")).isTrue();

        loader.written("S3A://uploads/a/b");

        assertThat(loader.fetchesClasses("s3a://another/a")).isFalse();
        assertThat(loader.fetchesClasses("hdfs://nn/a")).isTrue();
    }

    @Test
    void isNotThereOnTheController() {
        assertThat(HadoopLoader.ofProcess().fetchesClasses("s3a://uploads/a")).isFalse();
    }

    @Test
    void abortedCallIsLeftAloneSoThatItsClassesLoad() throws Exception {
        HadoopGateway gateway = new HadoopGateway(new HadoopSettings(Map.of(), null, false), loader);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch loaded = new CountDownLatch(1);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread build = new Thread(() -> outcome.complete(catchThrowable(() -> {
            try (StoreCalls calls = gateway.calls(1, "s3a://uploads/a", StoreCalls.STALL)) {
                calls.one(() -> {
                    begun.countDown();
                    try {
                        loaded.await();
                        interrupted.complete(false);
                    } catch (InterruptedException e) {
                        interrupted.complete(true);
                    }
                    return null;
                });
            }
        })));
        build.start();
        begun.await();

        build.interrupt();

        assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        loaded.countDown();
        assertThat(interrupted.get(5, TimeUnit.SECONDS)).isFalse();
    }
}
