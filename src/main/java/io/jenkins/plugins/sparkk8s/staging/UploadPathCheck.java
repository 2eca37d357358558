package io.jenkins.plugins.sparkk8s.staging;

import io.jenkins.plugins.sparkk8s.staging.hadoop.HadoopGateway;
import io.jenkins.plugins.sparkk8s.staging.plan.UploadNames;
import io.jenkins.plugins.sparkk8s.staging.store.StorageErrors;
import io.jenkins.plugins.sparkk8s.staging.store.StoreCalls;
import io.jenkins.plugins.sparkk8s.staging.store.UploadStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Writes a small file to an upload path, reads it and removes it again, in the way that an application does. */
public final class UploadPathCheck {
    /** An administrator waits for the answer. */
    private static final Duration STALL = Duration.ofSeconds(20);

    private static final byte[] TEXT =
            "Test of the upload path. This file can be removed.".getBytes(StandardCharsets.UTF_8);

    private final HadoopGateway hadoop;
    private final String root;

    /** @param root the upload path */
    public UploadPathCheck(HadoopGateway hadoop, String root) {
        this.hadoop = hadoop;
        this.root = root;
    }

    /** What is done, in this order. */
    public enum Stage {
        WRITE,
        READ,
        REMOVE
    }

    /**
     * What did not work.
     *
     * @param reason a sentence
     */
    public record Problem(Stage stage, String reason) {}

    /** Work of one stage. */
    private interface Work {
        void on(UploadStore store) throws IOException;
    }

    /**
     * Blocks for up to a minute.
     *
     * @return empty when all of it worked; else nothing is left, unless removing did not work
     */
    public Optional<Problem> run() throws InterruptedException {
        UUID id = UUID.randomUUID();
        HexFormat hex = HexFormat.of();
        String folder = UploadNames.below(
                root,
                UploadNames.own(
                        "spark-" + hex.toHexDigits(id.getMostSignificantBits())
                                + hex.toHexDigits(id.getLeastSignificantBits()),
                        1));
        String file = UploadNames.below(folder, "test.txt");
        try (StoreCalls calls = hadoop.calls(1, root, STALL)) {
            Optional<Problem> problem =
                    stage(calls, Stage.WRITE, store -> store.write(file, true, out -> out.write(TEXT)));
            if (problem.isPresent()) {
                return problem;
            }
            problem = stage(calls, Stage.READ, store -> {
                if (!Arrays.equals(store.read(file, TEXT.length), TEXT)) {
                    throw new IOException("%s does not hold what was written to it".formatted(file));
                }
            });
            Optional<Problem> left = stage(calls, Stage.REMOVE, store -> store.delete(folder));
            return problem.or(() -> left);
        }
    }

    private Optional<Problem> stage(StoreCalls calls, Stage stage, Work work) throws InterruptedException {
        try {
            calls.one(() -> {
                work.on(calls.opened(hadoop.open(root)));
                return null;
            });
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Problem(stage, hadoop.mask().mask(StorageErrors.sentence(e, root))));
        }
    }
}
