package io.parley.storage;

import io.parley.kernel.Json;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns by name and type. A method that is not called nullable fails with {@link NullPointerException} on NULL,
 * and each fails with {@link NoSuchElementException} if the statement does not select the column.
 */
public final class Rows {
    public static UUID uuid(Row row, String column) {
        return present(nullableUuid(row, column), column);
    }

    public static @Nullable UUID nullableUuid(Row row, String column) {
        return row.getUUID(column);
    }

    public static String text(Row row, String column) {
        return present(nullableText(row, column), column);
    }

    public static @Nullable String nullableText(Row row, String column) {
        return row.getString(column);
    }

    public static int integer(Row row, String column) {
        return present(nullableInteger(row, column), column);
    }

    public static @Nullable Integer nullableInteger(Row row, String column) {
        return row.getInteger(column);
    }

    /** A bigint, such as a count. */
    public static long bigint(Row row, String column) {
        return present(row.getLong(column), column);
    }

    public static float real(Row row, String column) {
        return present(row.getFloat(column), column);
    }

    public static boolean flag(Row row, String column) {
        return present(row.getBoolean(column), column);
    }

    /** A bytea. */
    public static byte[] bytes(Row row, String column) {
        return present(row.getBuffer(column), column).getBytes();
    }

    public static Instant instant(Row row, String column) {
        return present(nullableInstant(row, column), column);
    }

    public static @Nullable Instant nullableInstant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** A constant of an enumeration, stored as its lower-case name. */
    public static <E extends Enum<E>> E choice(Row row, String column, Class<E> type) {
        return Enum.valueOf(type, text(row, column).toUpperCase(Locale.ROOT));
    }

    /** A jsonb column that is selected as text, {@code metadata::text AS metadata}. */
    public static Json json(Row row, String column) {
        return new Json(text(row, column));
    }

    public static @Nullable Json nullableJson(Row row, String column) {
        var text = nullableText(row, column);
        return text == null ? null : new Json(text);
    }

    private static <T> T present(@Nullable T value, String column) {
        if (value == null) throw new NullPointerException("the column " + column + " is NULL");
        return value;
    }

    private Rows() {}
}
