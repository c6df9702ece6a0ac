package io.parley.users.limits;

import io.parley.contracts.limits.ChosenLimits;
import io.parley.contracts.limits.LimitChoices.ByRole;
import io.parley.contracts.limits.LimitChoices.ChosenForUser;
import io.parley.kernel.Caller.Role;
import io.parley.kernel.Json;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.storage.Rows;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL of the tables {@code user_limits} and {@code role_limits}. */
public final class LimitStore {
    private static final String COLUMNS =
            "request_rates, turn_rates, token_rates, model_rates, rows, bytes, streams, concurrent, import_bytes";
    private static final String SELECTED = COLUMNS.replace("model_rates", "model_rates::text");
    private static final String VALUES = """
            #{request_rates}, #{turn_rates}, #{token_rates}, #{model_rates}::text::jsonb, #{rows}, #{bytes}, #{streams}, #{concurrent}, #{import_bytes}""";
    private static final String REPLACE = """
            DO UPDATE SET request_rates = EXCLUDED.request_rates, turn_rates = EXCLUDED.turn_rates,
                          token_rates = EXCLUDED.token_rates, model_rates = EXCLUDED.model_rates, rows = EXCLUDED.rows, bytes = EXCLUDED.bytes,
                          streams = EXCLUDED.streams, concurrent = EXCLUDED.concurrent, import_bytes = EXCLUDED.import_bytes
            """;

    private final Database database;

    private record OfRole(String role, ChosenLimits limits) {}

    public LimitStore(Database database) {
        this.database = database;
    }

    Future<ByRole> roles() {
        return database.query(
                        "SELECT role, " + SELECTED + " FROM role_limits",
                        row -> new OfRole(Rows.text(row, "role"), limits(row)))
                .list(Parameters.none())
                .map(all -> new ByRole(of(all, "user"), of(all, "admin")));
    }

    private static ChosenLimits of(List<OfRole> all, String role) {
        return all.stream()
                .filter(each -> each.role().equals(role))
                .map(OfRole::limits)
                .findFirst()
                .orElse(ChosenLimits.NONE);
    }

    Future<ChosenLimits> ofUser(UUID userId) {
        return database.query("SELECT " + SELECTED + " FROM user_limits WHERE user_id = #{user_id}", LimitStore::limits)
                .one(Parameters.of("user_id", userId))
                .map(found -> found.orElse(ChosenLimits.NONE));
    }

    /** The limits of the user's role. */
    Future<ChosenLimits> ofRoleOf(UUID userId) {
        return database.query(
                        "SELECT " + SELECTED
                                + " FROM role_limits WHERE role = (SELECT role FROM users WHERE id = #{user_id})",
                        LimitStore::limits)
                .one(Parameters.of("user_id", userId))
                .map(found -> found.orElse(ChosenLimits.NONE));
    }

    /** The limits of all users who have some of their own. */
    Future<List<ChosenForUser>> ofUsers() {
        return database.acrossUsers()
                .query(
                        "SELECT user_id, " + SELECTED + " FROM user_limits",
                        row -> new ChosenForUser(Rows.uuid(row, "user_id"), limits(row)))
                .list(Parameters.none());
    }

    Future<Void> setRole(Role role, ChosenLimits limits) {
        return database.query("INSERT INTO role_limits (role, " + COLUMNS + ") VALUES (#{role}, " + VALUES
                        + ") ON CONFLICT (role) " + REPLACE)
                .run(values(limits).and("role", role))
                .mapEmpty();
    }

    Future<Void> setUser(UUID userId, ChosenLimits limits) {
        if (limits.equals(ChosenLimits.NONE))
            return database.query("DELETE FROM user_limits WHERE user_id = #{user_id}")
                    .run(Parameters.of("user_id", userId))
                    .mapEmpty();
        return database.query("INSERT INTO user_limits (user_id, " + COLUMNS + ") VALUES (#{user_id}, " + VALUES
                        + ") ON CONFLICT (user_id) " + REPLACE)
                .run(values(limits).and("user_id", userId))
                .mapEmpty();
    }

    private static Parameters values(ChosenLimits limits) {
        var byModel = limits.tokensByModel();
        return Parameters.of("request_rates", limits.requests())
                .and("turn_rates", limits.turns())
                .and("token_rates", limits.tokens())
                .and(
                        "model_rates",
                        byModel == null ? null : new Json(json(byModel).encode()))
                .and("rows", limits.rows())
                .and("bytes", limits.bytes())
                .and("streams", limits.streams())
                .and("concurrent", limits.concurrent())
                .and("import_bytes", limits.importBytes());
    }

    private static JsonObject json(Map<String, String> byModel) {
        var json = new JsonObject();
        byModel.forEach(json::put);
        return json;
    }

    private static ChosenLimits limits(Row row) {
        return new ChosenLimits(
                Rows.nullableText(row, "request_rates"),
                Rows.nullableText(row, "turn_rates"),
                Rows.nullableText(row, "token_rates"),
                byModel(Rows.nullableJson(row, "model_rates")),
                row.getLong("rows"),
                row.getLong("bytes"),
                Rows.nullableInteger(row, "streams"),
                Rows.nullableInteger(row, "concurrent"),
                row.getLong("import_bytes"));
    }

    private static @Nullable Map<String, String> byModel(@Nullable Json stored) {
        if (stored == null) return null;
        Map<String, String> byModel = new HashMap<>();
        new JsonObject(stored.text()).forEach(entry -> byModel.put(entry.getKey(), String.valueOf(entry.getValue())));
        return byModel;
    }
}
