package io.parley.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"2026-11-22T10:11:12.123456Z", "1969-07-20T20:17:40.000001Z", "9999-12-31T23:59:59.999999Z"})
    void keepsItsPositionToTheMicrosecond(String at) {
        var cursor = new Cursor(Instant.parse(at), Ids.next());

        assertThat(Cursor.parse(cursor.text())).contains(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "not base64!", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void refusesTextsThatItDidNotMake(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }

    @Test
    void refusesShortFormsOfIds() {
        assertThat(Ids.parse("1-1-1-1-1")).isEmpty();
        assertThat(Ids.parse("018f4e9c-7d1a-7bbb-8ccc-0123456789ab")).isPresent();
    }

    @Test
    void createsIdsOfVersionSevenInOrder() {
        var first = Ids.next();
        var second = Ids.next();

        assertThat(first.version()).isEqualTo(7);
        assertThat(second.toString()).isGreaterThan(first.toString());
    }
}
