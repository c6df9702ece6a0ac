package io.parley.storage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a list is narrowed to. A condition whose value is null is left out of the SQL, so that the planner sees those
 * that hold and can choose an index by them.
 */
public final class Conditions {
    private final List<String> sql = new ArrayList<>();
    private Parameters parameters;

    private Conditions(String condition, String name, Object value) {
        sql.add(condition);
        parameters = Parameters.of(name, value);
    }

    public static Conditions of(String condition, String name, Object value) {
        return new Conditions(condition, name, value);
    }

    public Conditions and(String condition, String name, @Nullable Object value) {
        if (value == null) return this;
        sql.add(condition);
        parameters = parameters.and(name, value);
        return this;
    }

    String sql() {
        return String.join(" AND ", sql);
    }

    Parameters parameters() {
        return parameters;
    }
}
