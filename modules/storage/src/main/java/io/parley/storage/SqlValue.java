package io.parley.storage;

import io.parley.kernel.Json;
import java.lang.reflect.Array;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A value in the form that the PostgreSQL client encodes: an {@link Instant} as a timestamptz, an enumeration as its
 * lower-case name, {@link Json} as text (which the statement casts: {@code #{metadata}::text::jsonb}), a list as an
 * array of what its items become.
 */
final class SqlValue {
    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Instant time) return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
        if (value instanceof Enum<?> choice) return choice.name().toLowerCase(Locale.ROOT);
        if (value instanceof Json json) return json.text();
        if (value instanceof List<?> items) return array(items);
        return value;
    }

    private static Object array(List<?> items) {
        Object[] values = items.stream().map(SqlValue::of).toArray();
        if (values.length == 0) return values;
        var first = values[0];
        if (first == null) throw new IllegalArgumentException("a list of values begins with null");
        var array = (Object[]) Array.newInstance(first.getClass(), values.length);
        System.arraycopy(values, 0, array, 0, values.length);
        return array;
    }

    private SqlValue() {}
}
