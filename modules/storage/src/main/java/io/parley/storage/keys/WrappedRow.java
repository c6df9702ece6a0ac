package io.parley.storage.keys;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row that reads another one, and changes how. */
public interface WrappedRow extends Row {
    /** The other one. */
    Row row();

    @Override
    default String getColumnName(int position) {
        return row().getColumnName(position);
    }

    @Override
    default int getColumnIndex(String column) {
        return row().getColumnIndex(column);
    }

    @Override
    default @Nullable Object getValue(int position) {
        return row().getValue(position);
    }

    @Override
    default Tuple addValue(Object value) {
        throw new UnsupportedOperationException("a row of a result");
    }

    @Override
    default int size() {
        return row().size();
    }

    @Override
    default void clear() {
        throw new UnsupportedOperationException("a row of a result");
    }

    @Override
    default List<Class<?>> types() {
        return row().types();
    }
}
