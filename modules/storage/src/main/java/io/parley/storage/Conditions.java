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
    private Parameters parameters = Parameters.none();
    private boolean isNarrowed;

    private Conditions() {}

    /**
     * @param condition one for which no row is read in vain: the index by which the list is ordered begins with it, or it
     *     holds for all rows or none
     */
    public static Conditions of(String condition, String name, Object value) {
        return new Conditions().add(condition, name, value);
    }

    /** One for which rows may be read in vain, and nothing else. */
    public static Conditions narrowedTo(String condition, String name, Object value) {
        return new Conditions().and(condition, name, value);
    }

    /** Another one for which no row is read in vain. */
    public Conditions in(String condition, String name, Object value) {
        return add(condition, name, value);
    }

    /** One for which rows may be read in vain. */
    public Conditions and(String condition, String name, @Nullable Object value) {
        if (value == null) return this;
        isNarrowed = true;
        return add(condition, name, value);
    }

    private Conditions add(String condition, String name, Object value) {
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

    /** Whether more rows may have to be read than the page has. */
    boolean isNarrowed() {
        return isNarrowed;
    }
}
