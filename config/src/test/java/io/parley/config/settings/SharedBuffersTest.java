package io.parley.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharedBuffersTest {
    /** In mebibytes. */
    @ParameterizedTest
    @CsvSource({"256, 128", "1024, 128", "4096, 512", "65536, 2048"})
    void takesAnEighthOfTheMemoryWithinLimits(long memory, long buffers) {
        assertThat(SharedBuffers.ofMemory(memory << 20)).isEqualTo(buffers << 20);
    }
}
