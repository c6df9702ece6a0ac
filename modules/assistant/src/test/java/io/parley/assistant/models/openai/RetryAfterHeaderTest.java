package io.parley.assistant.models.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterHeaderTest {
    private static final Instant NOW = Instant.parse("2015-10-21T07:28:00Z");

    @Test
    void readsSeconds() {
        assertThat(RetryAfterHeader.parse(" 120 ", NOW)).contains(Duration.ofMinutes(2));
    }

    @Test
    void readsADate() {
        assertThat(RetryAfterHeader.parse("Wed, 21 Oct 2015 07:28:30 GMT", NOW)).contains(Duration.ofSeconds(30));
    }

    @Test
    void readsAPastDateAsNow() {
        assertThat(RetryAfterHeader.parse("Wed, 21 Oct 2015 07:27:59 GMT", NOW)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "99999999999999999999"})
    void ignoresAMalformedHeader(String header) {
        assertThat(RetryAfterHeader.parse(header, NOW)).isEmpty();
    }

    @Test
    void acceptsAMissingHeader() {
        assertThat(RetryAfterHeader.parse(null, NOW)).isEmpty();
    }
}
