package io.parley.storage.keys;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row that has in the columns of its texts what was sealed. */
record OpenedRow(Row row, Map<String, @Nullable String> texts) implements Row {
    @Override
    public String getColumnName(int position) {
        return row.getColumnName(position);
    }

    @Override
    public int getColumnIndex(String column) {
        return row.getColumnIndex(column);
    }

    @Override
    public @Nullable Object getValue(int position) {
        var column = row.getColumnName(position);
        return texts.containsKey(column) ? texts.get(column) : row.getValue(position);
    }

    @Override
    public Tuple addValue(Object value) {
        throw new UnsupportedOperationException("a row of a result");
    }

    @Override
    public int size() {
        return row.size();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException("a row of a result");
    }

    @Override
    public List<Class<?>> types() {
        return row.types();
    }
}
