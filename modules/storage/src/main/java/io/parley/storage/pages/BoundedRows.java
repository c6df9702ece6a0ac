package io.parley.storage.pages;

import io.parley.storage.pool.SmallRows;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Cuts the rows of a statement off in the database when they have more than {@code #{most_bytes}}. The last row that it
 * returns is the one that exceeds them. PostgreSQL reads the rest of the rows, up to their limit, one at a time.
 *
 * @param large the names of the columns that are texts of any size
 */
public record BoundedRows<T>(List<String> large, Function<Row, T> row) {
    /**
     * A row of {@link #sql}.
     *
     * @param bytesUpTo of all rows up to this one
     * @param hasNext whether the statement without its bound in bytes returns another row
     */
    public record Sized<T>(T item, long bytesUpTo, boolean hasNext) {
        /**
         * The page that so many rows and bytes have room for; a single row that is larger comes alone.
         *
         * @param rows read with a limit that is one higher
         */
        public static <T extends Record> SizedPage<T> page(List<Sized<T>> rows, int limit, long bytes) {
            int fitting = 0;
            while (fitting < rows.size() && rows.get(fitting).bytesUpTo() <= bytes) fitting++;
            int size = Math.min(Math.min(limit, rows.size()), Math.max(1, fitting));
            var kept = rows.subList(0, size);
            boolean hasNext = size > 0 && kept.get(size - 1).hasNext();
            return new SizedPage<>(kept.stream().map(Sized::item).toList(), hasNext, hasNext && size < limit);
        }
    }

    /**
     * @param rows a statement that names its columns
     * @param order how it orders its rows, in the names of its columns
     */
    public String sql(String rows, String order) {
        return """
            SELECT * FROM (
                SELECT found.*, %1$s AS row_bytes, sum(%1$s) OVER page AS bytes_up_to, lead(true, 1, false) OVER page AS has_next
                  FROM (%2$s) AS found
                WINDOW page AS (%3$s ROWS UNBOUNDED PRECEDING)) AS counted
             WHERE bytes_up_to - row_bytes <= #{most_bytes}%3$s
            """.formatted(size(), rows, order);
    }

    /**
     * Returns all rows, or fails at the first one that has more than {@code #{most_bytes}}, so that PostgreSQL sends no more. It costs a
     * small part of {@link #sql}, because it keeps no row.
     */
    public String smallSql(String rows) {
        return "/* Divides by zero at a row that is too large; the page is read again in another way then. */ SELECT found.* FROM ("
                + rows + ") AS found WHERE 1 / (" + size() + " <= #{most_bytes})::int = 1";
    }

    // The length of a text in bytes is stored with it: it is read without the text.
    private String size() {
        return large.stream()
                .map(column -> "coalesce(octet_length(" + column + "), 0)")
                .collect(Collectors.joining(" + ", "(" + SmallRows.OTHER_COLUMNS + " + ", ")"));
    }

    public Sized<T> sized(Row each) {
        return new Sized<>(row.apply(each), each.getLong("bytes_up_to"), each.getBoolean("has_next"));
    }
}
