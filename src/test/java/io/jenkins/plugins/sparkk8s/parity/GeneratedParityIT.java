package io.jenkins.plugins.sparkk8s.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random configurations, for Spark's submission code and ours.
 *
 * <p>{@code -Dparity.generated=3000} tries so many, {@code -Dparity.seed=5} starts from another seed; every failure
 * says its own seed, with which {@code -Dparity.generated=1} makes it again.
 */
class GeneratedParityIT {
    private static final Logger LOGGER = Logger.getLogger(GeneratedParityIT.class.getName());
    private static final int NUMBER = Integer.getInteger("parity.generated", 150);
    private static final long SEED = Long.getLong("parity.seed", 1);
    private static final int ENOUGH = Integer.getInteger("parity.enough", 10);
    private static final SparkRelease[] RELEASES = SparkRelease.values();

    @TempDir
    Path directory;

    @Test
    void createsSparksObjectsFromAnyConfiguration() throws IOException, InterruptedException {
        LOGGER.info(() -> NUMBER + " configurations from seed " + SEED);
        List<String> failures = new ArrayList<>();
        try (ParityBed bed = new ParityBed(directory)) {
            for (long seed = SEED; seed < SEED + NUMBER && failures.size() < ENOUGH; seed++) {
                SparkRelease release = release(seed);
                ParityCase parityCase = new ConfGenerator(seed).next("seed " + seed);
                if (!bed.differences(parityCase, release).isEmpty()) {
                    ParityCase smallest =
                            new Shrinking(smaller -> bed.differences(smaller, release)).shrink(parityCase);
                    failures.add("Seed %d, Spark %s: %s %s%n    %s"
                            .formatted(
                                    seed,
                                    release.version(),
                                    smallest.conf(),
                                    smallest.application(),
                                    String.join("\n    ", bed.differences(smallest, release))));
                }
            }
        }
        assertThat(failures)
                .as("of %d configurations from seed %d", NUMBER, SEED)
                .isEmpty();
    }

    /** Mostly the newest: each further release costs the start of its JVM. */
    private static SparkRelease release(long seed) {
        return seed % 6 == 0 ? RELEASES[(int) (seed / 6 % (RELEASES.length - 1))] : RELEASES[RELEASES.length - 1];
    }
}
