package io.parley.storage;

import io.parley.kernel.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Converts values to types that the PostgreSQL client encodes: an {@link Instant} to a timestamptz, an enumeration to its
 * lower-case name, {@link Json} to text, which the statement casts: {@code #{metadata}::text::jsonb}.
 */
final class SqlValue {
    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Instant time) return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
        if (value instanceof Enum<?> choice) return choice.name().toLowerCase(Locale.ROOT);
        if (value instanceof Json json) return json.text();
        return value;
    }

    private SqlValue() {}
}
