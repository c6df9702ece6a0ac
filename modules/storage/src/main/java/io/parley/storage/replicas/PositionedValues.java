package io.parley.storage.replicas;

import io.parley.storage.pool.LogPosition;
import io.parley.storage.pool.NamedValues;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The same values for a statement after whose commit the position is taken. */
record PositionedValues(NamedValues values, LogPosition position) implements NamedValues {
    @Override
    public Set<String> names() {
        return values.names();
    }

    @Override
    public @Nullable Object value(String name) {
        return values.value(name);
    }

    @Override
    public @Nullable UUID user() {
        return values.user();
    }
}
