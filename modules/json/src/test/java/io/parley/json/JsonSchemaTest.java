package io.parley.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.kernel.Problem.Fault;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaTest {
    private static final JsonSchema SCHEMA = JsonSchema.of("""
            {"type": "object", "required": ["title"], "additionalProperties": false, "properties": {
                "title": {"type": "string", "minLength": 2, "maxLength": 5, "pattern": "^[a-z]*$"},
                "note": {"type": ["string", "null"]},
                "status": {"enum": ["open", "done"]},
                "count": {"type": "integer", "minimum": 1, "maximum": 9},
                "tags": {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": true, "items": {"type": "string"}},
                "labels": {"type": "object", "maxProperties": 1},
                "kind": {"const": "note"},
                "due": {"type": "string", "format": "date-time"},
                "id": {"type": "string", "format": "uuid"},
                "mail": {"type": "string", "format": "email"}}}
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                             | /title  | is required",
                "{\"title\":\"ab\",\"x/y\":1}   | /x~1y   | is not a recognised field",
                "{\"title\":7}                  | /title  | must be of type string",
                "{\"title\":\"ab\",\"note\":7}  | /note   | must be of type string or null",
                "{\"title\":\"a\"}              | /title  | must be at least 2 characters long",
                "{\"title\":\"abcdef\"}         | /title  | must be at most 5 characters long",
                "{\"title\":\"ABC\"}            | /title  | has an invalid value",
                "{\"title\":\"ab\",\"status\":\"x\"} | /status | must be one of open, done",
                "{\"title\":\"ab\",\"count\":0} | /count  | must be at least 1",
                "{\"title\":\"ab\",\"count\":10} | /count | must be at most 9",
                "{\"title\":\"ab\",\"tags\":[]} | /tags   | must have at least 1 item",
                "{\"title\":\"ab\",\"tags\":[\"a\",\"a\"]} | /tags | must not have the same item twice",
                "{\"title\":\"ab\",\"tags\":[\"a\",\"b\",\"c\"]} | /tags | must have at most 2 items",
                "{\"title\":\"ab\",\"labels\":{\"a\":1,\"b\":2}} | /labels | must have at most 1 field",
                "{\"title\":\"ab\",\"kind\":\"task\"} | /kind | must be note",
                "{\"title\":\"ab\",\"tags\":[\"a\",7]} | /tags/1 | must be of type string",
                "{\"title\":\"ab\",\"due\":\"today\"} | /due | must be an RFC 3339 time with an offset and at most 9 decimals, in the years 0001 to 9999 in UTC",
                "{\"title\":\"ab\",\"id\":\"7\"} | /id    | must be a UUID",
                "{\"title\":\"ab\",\"mail\":\"7\"} | /mail | must be an email address"
            })
    void saysWhatIsWrongAndWhere(String text, String pointer, String detail) {
        assertThat(Problems.of(() -> check(text)).faults()).isEqualTo(List.of(new Fault(pointer, detail)));
    }

    @Test
    void reportsTwentyFaultsAtMost() {
        var fields =
                IntStream.range(0, 50).mapToObj(each -> "\"f" + each + "\":1").toList();

        assertThat(Problems.of(() -> check("{" + String.join(",", fields) + "}"))
                        .faults()
                        .size())
                .isEqualTo(20);
    }

    @Test
    void acceptsWhatFits() {
        check("{\"title\":\"abc\",\"note\":null,\"tags\":[\"a\"],\"due\":\"2027-03-01T12:00:00.123456789Z\"}");
    }

    private static void check(String text) {
        SCHEMA.check(StrictJson.parse(Buffer.buffer(text)));
    }
}
