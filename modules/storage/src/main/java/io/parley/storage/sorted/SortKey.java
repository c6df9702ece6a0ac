package io.parley.storage.sorted;

import io.parley.contracts.SortRequest;
import io.parley.kernel.Micros;
import io.parley.storage.Rows;
import io.vertx.sqlclient.Row;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a list is sorted by.
 *
 * @param sql an expression that an index has
 */
public record SortKey(String sql, Kind kind) {
    /** How a value is read from a row and written into a cursor. */
    public enum Kind {
        TIME,
        DAY,
        NUMBER,
        TEXT
    }

    /** The column of a statement that has the value. */
    public static final String COLUMN = "sort_key";

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    public Object of(Row row) {
        return switch (kind) {
            case TIME -> Rows.instant(row, COLUMN);
            case DAY -> Objects.requireNonNull(row.getLocalDate(COLUMN));
            case NUMBER -> Rows.integer(row, COLUMN);
            case TEXT -> Rows.text(row, COLUMN);
        };
    }

    /** The value in a cursor; null for rows that have none. */
    public static @Nullable String written(@Nullable Object key) {
        if (key instanceof Instant time) return Long.toString(Micros.of(time));
        return key == null ? null : key.toString();
    }

    /** Reads what {@link #written} has written of a time, a number or a text; fails invalid if it is none. */
    public Object read(String key) {
        return switch (kind) {
            case TIME -> time(key);
            case NUMBER -> number(key);
            case TEXT -> key;
            case DAY -> throw new IllegalStateException("a cursor has no day");
        };
    }

    /** The time in a cursor; fails invalid if it is none that can be stored. */
    public static Instant time(String key) {
        try {
            var time = Micros.toInstant(Long.parseLong(key));
            if (time.isBefore(FIRST) || time.isAfter(LAST)) throw SortRequest.invalidCursor();
            return time;
        } catch (NumberFormatException | DateTimeException other) {
            throw SortRequest.invalidCursor();
        }
    }

    private static Integer number(String key) {
        try {
            return Integer.valueOf(key);
        } catch (NumberFormatException other) {
            throw SortRequest.invalidCursor();
        }
    }
}
