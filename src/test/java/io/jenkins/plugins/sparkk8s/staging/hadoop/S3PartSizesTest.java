package io.jenkins.plugins.sparkk8s.staging.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3PartSizesTest {
    private static final long MIB = 1024 * 1024;

    private static S3PartSizes of(long size, Map<String, String> properties) {
        Configuration configuration = new HadoopConfigurations(S3PartSizesTest.class.getClassLoader())
                .of(new HadoopSettings(properties, null, false), false);
        return S3PartSizes.of(size, configuration, true);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "33554432, 1",
        "33554433, 3",
        "100000000, 5",
        "268435456, 4",
        "1073741824, 16",
        "671088640000, 10000",
        // The largest object that S3 had for long, and the largest that it has.
        "5497558138880, 10000",
        "54975581388800, 10000"
    })
    void dividesAFileOfAnySizeIntoTenThousandPartsAtMost(long size, int most) {
        S3PartSizes sizes = of(size, Map.of());

        assertThat(sizes.count()).isBetween(1, most);
        assertThat(IntStream.range(0, sizes.count()).mapToLong(sizes::length).sum())
                .isEqualTo(size);
        assertThat(sizes.length(sizes.count() - 1)).isPositive();
        assertThat(sizes.part()).isLessThanOrEqualTo(Math.max(size, 5 * 1024 * MIB));
        if (sizes.count() > 1) {
            assertThat(sizes.part() % MIB).as("whole blocks").isZero();
            assertThat(sizes.part()).isGreaterThanOrEqualTo(5 * MIB);
        }
    }

    @Test
    void takesTheSizeThatAUserHasSetInWholeBlocks() {
        S3PartSizes sizes = of(100 * MIB, Map.of("fs.s3a.multipart.size", "10500000"));

        assertThat(sizes.part()).isEqualTo(10 * MIB);
        assertThat(sizes.count()).isEqualTo(10);
        assertThat(of(20 * MIB, Map.of("fs.s3a.multipart.size", "5M")).count()).isEqualTo(4);
        assertThat(of(100 * MIB, Map.of("fs.s3a.multipart.size", "128M")).count())
                .isOne();
    }

    @Test
    void sendsTheWholeToAServerThatKnowsNoParts() {
        assertThat(S3PartSizes.of(1000 * MIB, new Configuration(false), false).count())
                .isOne();
    }

    /** Hadoop's quarter of an hour would end a large part on a slow line again and again. */
    @Test
    void aPartMayTakeLongUnlessAUserHasSetATime() {
        Configuration configuration = new HadoopConfigurations(S3PartSizesTest.class.getClassLoader())
                .of(new HadoopSettings(Map.of(), null, false), false);
        assertThat(S3PartSizes.timeout(configuration)).hasHours(24);

        configuration.set("fs.s3a.connection.part.upload.timeout", "10m");
        assertThat(S3PartSizes.timeout(configuration)).hasMinutes(10);
    }
}
