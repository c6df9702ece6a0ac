package io.parley.storage;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a list. A filter whose value is null is left out of the SQL, so that the planner sees only the others
 * and can choose an index that serves them.
 */
public final class Conditions {
    private final List<String> sql = new ArrayList<>();
    private Parameters parameters = Parameters.none();
    private boolean isNarrowed;

    private Conditions() {}

    /**
     * @param condition a filter under which every examined row is returned: either the index that orders the list
     *     begins with it, or it holds for all rows or for none
     */
    public static Conditions of(String condition, String name, Object value) {
        return new Conditions().add(condition, name, value);
    }

    /** A single filter under which rows may be examined but not returned. */
    public static Conditions narrowedTo(String condition, String name, Object value) {
        return new Conditions().and(condition, name, value);
    }

    /** Adds a filter under which every examined row is returned. */
    public Conditions in(String condition, String name, Object value) {
        return add(condition, name, value);
    }

    /** Adds a filter under which rows may be examined but not returned; null adds nothing. */
    public Conditions and(String condition, String name, @Nullable Object value) {
        if (value == null) return this;
        isNarrowed = true;
        return add(condition, name, value);
    }

    /** Adds another value that the last filter names. */
    public Conditions with(String name, Object value) {
        parameters = parameters.and(name, value);
        return this;
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

    /** Whether more rows may be examined than the page has. */
    boolean isNarrowed() {
        return isNarrowed;
    }
}
