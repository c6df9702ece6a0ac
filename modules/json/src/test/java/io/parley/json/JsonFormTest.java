package io.parley.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.kernel.Cursor;
import io.parley.kernel.Json;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Fault;
import io.parley.kernel.Secret;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFormTest {
    private enum Status {
        OPEN,
        IN_PROGRESS
    }

    private record Thing(
            @Nullable UUID id,
            @Nullable Instant createdAt,
            @Nullable Status status,
            @Nullable Json extra,
            @Nullable Integer count,
            @Nullable String title) {}

    private record Place(Cursor nextCursor) {}

    private record Credentials(Secret password) {}

    private record Change(Patch<String> title, Patch<Instant> dueDate) {}

    private static final Thing THING = new Thing(
            UUID.fromString("019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10"),
            Instant.parse("2027-03-01T12:00:00Z"),
            Status.IN_PROGRESS,
            new Json("{\"n\":1.10}"),
            7,
            null);

    private static final String WRITTEN = "{\"id\":\"019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b10\","
            + "\"created_at\":\"2027-03-01T12:00:00Z\",\"status\":\"in_progress\",\"extra\":{\"n\":1.10},\"count\":7,"
            + "\"title\":null}";

    @Test
    void writesInTheSpellingOfTheApiAndReadsItBack() {
        assertThat(JsonForm.write(THING).toString()).isEqualTo(WRITTEN);
        assertThat(bind(WRITTEN, Thing.class)).isEqualTo(THING);
    }

    @Test
    void writesACursorAsOneString() {
        var cursor = new Cursor(Instant.EPOCH, new UUID(7, 7));

        assertThat(JsonForm.write(new Place(cursor)).toString())
                .isEqualTo("{\"next_cursor\":\"" + cursor.text() + "\"}");
    }

    @Test
    void acceptsHyphensInAnEnumeration() {
        assertThat(bind("{\"status\":\"in-progress\"}", Thing.class).status()).isEqualTo(Status.IN_PROGRESS);
    }

    @Test
    void writesOutNumbersOfFreeFormJsonAsTheDatabaseReturnsThem() {
        assertThat(bind("{\"extra\":{\"n\":1e3}}", Thing.class).extra()).isEqualTo(new Json("{\"n\":1000}"));
    }

    @Test
    void readsASecretButNeverWritesIt() {
        assertThat(bind("{\"password\":\"hidden\"}", Credentials.class).password())
                .isEqualTo(new Secret("hidden"));
        assertThatThrownBy(() -> JsonForm.write(new Credentials(new Secret("hidden"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageNotContaining("hidden");
    }

    @Test
    void distinguishesAnAbsentMemberOfAPatchFromNull() {
        assertThat(bind("{}", Change.class)).isEqualTo(new Change(Patch.absent(), Patch.absent()));
        assertThat(bind("{\"title\":null,\"due_date\":\"2027-03-01T12:00:00Z\"}", Change.class))
                .isEqualTo(new Change(Patch.to(null), Patch.to(Instant.parse("2027-03-01T12:00:00Z"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"colour\":\"red\"}        | /colour     | is not a recognised field",
                "{\"status\":\"closed\"}     | /status     | has an invalid value",
                "{\"status\":1}              | /status     | has an invalid value",
                "{\"count\":1.5}             | /count      | has an invalid value",
                "{\"count\":\"7\"}           | /count      | has an invalid value",
                "{\"title\":7}               | /title      | has an invalid value",
                "{\"id\":\"1-1-1-1-1\"}      | /id         | has an invalid value",
                "{\"created_at\":\"today\"}  | /created_at | must be an RFC 3339 time with an offset and at most 9 decimals, in the years 0001 to 9999 in UTC"
            })
    void pointsAtTheFieldThatDoesNotFit(String text, String pointer, String detail) {
        assertThat(Problems.of(() -> bind(text, Thing.class)).faults()).isEqualTo(List.of(new Fault(pointer, detail)));
    }

    private static <T extends Record> T bind(String text, Class<T> type) {
        return JsonForm.bind(StrictJson.parse(Buffer.buffer(text)), type);
    }
}
