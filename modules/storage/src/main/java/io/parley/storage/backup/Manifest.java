package io.parley.storage.backup;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * What a backup consists of: the last entry of the file, so that a file that was cut short has none.
 *
 * @param schemaVersion the newest migration of the database
 * @param postgresVersion of the server that it was read from, such as 18.6
 * @param searchConfiguration the text search configuration of the database
 * @param entries all entries of the file but the manifest itself
 */
public record Manifest(
        String parleyVersion,
        int schemaVersion,
        String postgresVersion,
        Instant createdAt,
        String searchConfiguration,
        List<Entry> entries) {
    static final String NAME = "manifest.json";
    private static final int FORMAT = 1;
    private static final String TABLES = "tables/";
    private static final String COPY = ".copy";

    /**
     * An entry of the file.
     *
     * @param sha256 in hexadecimal digits
     * @param bytes unpacked
     * @param rows 0 if it is not a table
     * @param columns of a table, in the order of the dump
     */
    public record Entry(String name, String sha256, long bytes, long rows, List<String> columns) {
        static String nameOf(String table) {
            return TABLES + table + COPY;
        }

        public boolean isTable() {
            return name.startsWith(TABLES) && name.endsWith(COPY);
        }

        /** Without its folder and ending. */
        String table() {
            return name.substring(TABLES.length(), name.length() - COPY.length());
        }

        private JsonObject json() {
            var json = new JsonObject()
                    .put("name", name)
                    .put("sha256", sha256)
                    .put("bytes", bytes)
                    .put("rows", rows);
            return isTable() ? json.put("columns", new JsonArray(columns)) : json;
        }

        private static Entry parse(JsonObject json) {
            var columns = json.getJsonArray("columns", new JsonArray()).stream()
                    .map(String.class::cast)
                    .toList();
            return new Entry(
                    text(json, "name"),
                    text(json, "sha256"),
                    Objects.requireNonNull(json.getLong("bytes")),
                    Objects.requireNonNull(json.getLong("rows")),
                    columns);
        }
    }

    public List<Entry> tables() {
        return entries.stream().filter(Entry::isTable).toList();
    }

    public long rows() {
        return entries.stream().mapToLong(Entry::rows).sum();
    }

    /** As JSON that people can read. */
    public String text() {
        return new JsonObject()
                .put("format", FORMAT)
                .put("parley_version", parleyVersion)
                .put("schema_version", schemaVersion)
                .put("postgres_version", postgresVersion)
                .put("created_at", createdAt.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("search_configuration", searchConfiguration)
                .put("entries", new JsonArray(entries.stream().map(Entry::json).toList()))
                .encodePrettily();
    }

    /** Fails with {@link BackupException} if it has another format, else with any {@link RuntimeException}. */
    static Manifest parse(String text) {
        var json = new JsonObject(text);
        int format = Objects.requireNonNull(json.getInteger("format"));
        if (format != FORMAT)
            throw new BackupException("it has the format " + format + ", which this version of Parley does not know");
        return new Manifest(
                text(json, "parley_version"),
                Objects.requireNonNull(json.getInteger("schema_version")),
                text(json, "postgres_version"),
                Instant.parse(text(json, "created_at")),
                text(json, "search_configuration"),
                json.getJsonArray("entries").stream()
                        .map(entry -> Entry.parse((JsonObject) entry))
                        .toList());
    }

    private static String text(JsonObject json, String name) {
        return Objects.requireNonNull(json.getString(name), name);
    }
}
