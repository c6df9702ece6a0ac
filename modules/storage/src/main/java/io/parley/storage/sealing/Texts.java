package io.parley.storage.sealing;

import io.parley.kernel.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts of a row by their columns, which are also the names of their parameters. */
public final class Texts {
    private final Map<String, @Nullable String> byColumn = new LinkedHashMap<>();

    private Texts() {}

    public static Texts of(String column, @Nullable String text) {
        return new Texts().and(column, text);
    }

    public Texts and(String column, @Nullable String text) {
        byColumn.put(column, text);
        return this;
    }

    public Texts and(String column, @Nullable Json json) {
        return and(column, json == null ? null : json.text());
    }

    public Map<String, @Nullable String> byColumn() {
        return byColumn;
    }
}
