package io.parley.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Problem;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
    @Test
    void keepsEveryDigit() {
        var text = "{\"a\":1.10,\"b\":12345678901234567890123,\"c\":0.1000000000000000055}";

        assertThat(StrictJson.parse(Buffer.buffer(text)).toString()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                  |    | must not be empty: a JSON body is required",
                "{\"a\":1} {\"b\":2} |    | is not valid JSON at line 1, column 9",
                "{\"a\":             |    | is not valid JSON at line 1, column 6",
                "{a:1}               |    | is not valid JSON at line 1, column 2",
                "NaN                 |    | is not valid JSON at line 1, column 4",
                "{\"a\":1,\"a\":2}   | /a | must not be repeated",
                "{\"a\":{\"b/c\":1,\"b/c\":2}} | /a/b~1c | must not be repeated",
                "{\"a\":1e2147483649} |   | must not contain a number outside the range of a 64-bit float"
            })
    void refusesWhatIsNotOneJsonValue(String text, String pointer, String detail) {
        assertRefused(Buffer.buffer(text), pointer == null ? "" : pointer, detail);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertRefused(Buffer.buffer(new byte[] {'"', (byte) 0xff, '"'}), "", "is not valid UTF-8");
    }

    @Test
    void refusesWhatIsNestedTooDeep() {
        var deep = "{\"a\":" + "[".repeat(StrictJson.MAX_DEPTH) + "]".repeat(StrictJson.MAX_DEPTH) + "}";

        assertRefused(
                Buffer.buffer(deep),
                "/a",
                "must not be nested deeper than 100 levels or contain a number of more than 1000 digits");
    }

    private static void assertRefused(Buffer body, String pointer, String detail) {
        assertThat(Problems.of(() -> StrictJson.parse(body)).faults())
                .isEqualTo(List.of(new Problem.Fault(pointer, detail)));
    }
}
