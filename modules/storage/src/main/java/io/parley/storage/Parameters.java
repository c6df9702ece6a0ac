package io.parley.storage;

import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The named values of one run of a statement, any of which may be null. Times, enumerations and JSON are given as they
 * are; several values are an array of what the client encodes.
 */
public final class Parameters {
    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

    private Parameters() {}

    public static Parameters none() {
        return new Parameters();
    }

    public static Parameters of(String name, @Nullable Object value) {
        return none().and(name, value);
    }

    /** Adds one more value to these. */
    public Parameters and(String name, @Nullable Object value) {
        values.put(name, SqlValue.of(value));
        return this;
    }

    /** Adds {@code sets_name}, whether the patch says anything of it, and {@code name}, to what it says. */
    public Parameters patch(String name, Patch<?> patch) {
        return and("sets_" + name, patch.present()).and(name, patch.value());
    }

    /** Adds {@code any_version} and {@code versions}, for {@code #{any_version} OR updated_at = ANY(#{versions})}. */
    public Parameters versions(Versions versions) {
        var listed = versions.listed().stream().map(SqlValue::of).toArray(OffsetDateTime[]::new);
        return and("any_version", versions.any()).and("versions", listed);
    }

    /** In the order in which the statement names them; refuses one that is missing or too many. */
    public static Tuple tuple(Function<Integer, String> names, int size, Parameters parameters) {
        var tuple = Tuple.tuple();
        for (int at = 0; at < size; at++) tuple.addValue(parameters.value(names.apply(at)));
        if (size < parameters.values.size()) {
            throw new IllegalArgumentException(
                    "of the parameters " + parameters.values.keySet() + " the statement knows only " + size);
        }
        return tuple;
    }

    private @Nullable Object value(String name) {
        var value = values.get(name);
        if (value == null && !values.containsKey(name)) {
            throw new IllegalArgumentException("the parameter " + name + " is missing from " + values.keySet());
        }
        return value;
    }

    /** The names alone: values may be somebody's. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
