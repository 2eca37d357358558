package io.jenkins.plugins.sparkk8s.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApplicationIdentityTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_790_000_000_123L), ZoneOffset.UTC);

    /** The same sequence each time: seeded before anything is generated. */
    private static SecureRandom seeded() throws NoSuchAlgorithmException {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed("fixed".getBytes(StandardCharsets.UTF_8));
        return random;
    }

    @Test
    void hasSparksForms() {
        ApplicationIdentity identity = ApplicationIdentity.create(new SecureRandom(), CLOCK);

        assertThat(identity.applicationId()).matches("spark-[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}");
        assertThat(identity.localDirId())
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(Set.of(identity.nameId(), identity.configMapId(), identity.serviceId()))
                .hasSize(3)
                .allMatch(id -> id.matches("[0-9a-f]{6}a0c4506c7b"));
        assertThat(identity.submitTimeMillis()).isEqualTo(1_790_000_000_123L);
    }

    @Test
    void isTheSameForSameChanceAndClock() throws NoSuchAlgorithmException {
        assertThat(ApplicationIdentity.create(seeded(), CLOCK)).isEqualTo(ApplicationIdentity.create(seeded(), CLOCK));
    }

    @Test
    void differsEachTime() {
        SecureRandom random = new SecureRandom();

        assertThat(ApplicationIdentity.create(random, CLOCK).applicationId())
                .isNotEqualTo(ApplicationIdentity.create(random, CLOCK).applicationId());
    }
}
