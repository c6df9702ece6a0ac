package io.parley.storage;

import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.parley.storage.pool.NamedValues;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The named values for one execution of a statement, any of which may be null. Times, enumerations and JSON are passed
 * as they are; several values form an array of a type that the client encodes, such as {@code UUID[]}.
 */
public final class Parameters implements NamedValues {
    private static final String USER = "user_id";

    private final Map<String, @Nullable Object> values = new LinkedHashMap<>();
    private @Nullable UUID actingFor;
    private boolean needsPrimary;

    private Parameters() {}

    public static Parameters none() {
        return new Parameters();
    }

    public static Parameters of(String name, @Nullable Object value) {
        return none().and(name, value);
    }

    /** Adds a value and returns these parameters. */
    public Parameters and(String name, @Nullable Object value) {
        values.put(name, SqlValue.of(value));
        return this;
    }

    /** Adds {@code sets_name}, whether the patch has the field, and {@code name}, its new value. */
    public Parameters patch(String name, Patch<?> patch) {
        return and("sets_" + name, patch.present()).and(name, patch.value());
    }

    /** Adds {@code any_version} and {@code versions}, for {@code #{any_version} OR updated_at = ANY(#{versions})}. */
    public Parameters versions(Versions versions) {
        var listed = versions.listed().stream().map(SqlValue::of).toArray(OffsetDateTime[]::new);
        return and("any_version", versions.any()).and("versions", listed);
    }

    /** Names the user of a statement that has no parameter {@code user_id}. */
    public Parameters actingFor(@Nullable UUID user) {
        actingFor = user;
        return this;
    }

    Parameters onPrimary() {
        needsPrimary = true;
        return this;
    }

    @Override
    public boolean needsPrimary() {
        return needsPrimary;
    }

    @Override
    public @Nullable UUID user() {
        return actingFor == null && values.get(USER) instanceof UUID user ? user : actingFor;
    }

    @Override
    public Set<String> names() {
        return values.keySet();
    }

    @Override
    public @Nullable Object value(String name) {
        var value = values.get(name);
        if (value == null && !values.containsKey(name)) {
            throw new IllegalArgumentException("the parameter " + name + " is missing from " + values.keySet());
        }
        return value;
    }

    /** Only the names, because values may be personal data. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
