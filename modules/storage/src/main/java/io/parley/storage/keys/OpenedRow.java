package io.parley.storage.keys;

import io.vertx.sqlclient.Row;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row that has in the columns of its texts what was sealed. */
record OpenedRow(Row row, Map<String, @Nullable String> texts) implements WrappedRow {
    @Override
    public @Nullable Object getValue(int position) {
        var column = row.getColumnName(position);
        return texts.containsKey(column) ? texts.get(column) : row.getValue(position);
    }
}
