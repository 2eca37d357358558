package io.jenkins.plugins.sparkk8s.staging.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizesTest {
    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "1572864, 1.5 MiB", "9223372036854775807, 8388608.0 TiB"})
    void sizesAreReadable(long bytes, String text) {
        assertThat(ByteSizes.readable(bytes)).isEqualTo(text);
    }
}
