package io.parley.storage;

import io.parley.storage.keys.WrappedRow;
import io.vertx.sqlclient.Row;
import java.util.stream.IntStream;

/**
 * Finds the columns of a result's rows by name. The rows of Vert.x search all their columns at each call, which took a tenth of the
 * server's CPU time for a list; here the search begins behind the column that was read before, and mostly ends there.
 */
final class ResultColumns {
    private final String[] names;
    private int next;

    private ResultColumns(String[] names) {
        this.names = names;
    }

    /** @param row any row of the result */
    static ResultColumns of(Row row) {
        return new ResultColumns(
                IntStream.range(0, row.size()).mapToObj(row::getColumnName).toArray(String[]::new));
    }

    /** @param row of the same result */
    Row found(Row row) {
        return new FoundRow(row, this);
    }

    private int position(String column) {
        for (int tried = 0; tried < names.length; tried++) {
            int position = next;
            next = position + 1 == names.length ? 0 : position + 1;
            if (names[position].equals(column)) return position;
        }
        return -1;
    }

    private record FoundRow(Row row, ResultColumns columns) implements WrappedRow {
        @Override
        public int getColumnIndex(String column) {
            return columns.position(column);
        }
    }
}
