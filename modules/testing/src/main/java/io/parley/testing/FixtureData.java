package io.parley.testing;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasAnswer;
import static io.parley.testing.Fixtures.adasBooking;
import static io.parley.testing.Fixtures.adasCancelledTrip;
import static io.parley.testing.Fixtures.adasFarewell;
import static io.parley.testing.Fixtures.adasForgottenErrand;
import static io.parley.testing.Fixtures.adasPacking;
import static io.parley.testing.Fixtures.adasProviderKey;
import static io.parley.testing.Fixtures.adasQuestion;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.adasTypo;
import static io.parley.testing.Fixtures.alan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;
import static io.parley.testing.Fixtures.gracesEntry;
import static io.parley.testing.Fixtures.gracesErrand;
import static io.parley.testing.Fixtures.margaret;

import io.parley.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Inserts {@link Fixtures} and what they own, as far as the database has tables for them. */
public record FixtureData(Connection connection) {
    public static void insert(DatabaseUrl url) {
        try (var connection = url.connect()) {
            new FixtureData(connection).insert();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private void insert() throws SQLException {
        if (hasTable("users")) users();
        if (hasTable("api_keys")) providerKeys();
        if (hasTable("conversations")) conversations();
        if (hasTable("messages")) messages();
        if (hasTable("tasks")) tasks();
    }

    private boolean hasTable(String name) throws SQLException {
        try (var tables = connection.getMetaData().getTables(null, "public", name, null)) {
            return tables.next();
        }
    }

    private void users() throws SQLException {
        var user = """
            INSERT INTO users (id, email, password_hash, name, role, is_active)
            VALUES (?, ?, 'no password fits', ?, ?, ?)
            """;
        insert(user, ada.userId(), "ada@example.org", "Ada", "user", true);
        insert(user, grace.userId(), "grace@example.org", "Grace", "user", true);
        insert(user, margaret.userId(), "margaret@example.org", "Margaret", "admin", true);
        insert(user, alan.userId(), "alan@example.org", "Alan", "user", false);
    }

    private void providerKeys() throws SQLException {
        var key = """
            INSERT INTO api_keys (id, user_id, provider, alias, encrypted_key, key_hint)
            VALUES (?, ?, ?, ?, 'made by no keyset', ?)
            """;
        insert(key, adasProviderKey, ada.userId(), "tern", "travel", "cdef");
    }

    private void conversations() throws SQLException {
        var conversation = """
            INSERT INTO conversations (id, user_id, title, deleted_at)
            VALUES (?, ?, ?, CASE WHEN ? THEN now() END)
            """;
        insert(conversation, adasTripPlan, ada.userId(), "Trip plan", false);
        insert(conversation, adasCancelledTrip, ada.userId(), "Cancelled trip", true);
        insert(conversation, gracesDiary, grace.userId(), "Diary", false);
    }

    private void messages() throws SQLException {
        var message = """
            INSERT INTO messages (id, user_id, conversation_id, parent_id, role, content,
                                  created_at, updated_at, deleted_at)
            VALUES (?, ?, ?, ?::uuid, ?, ?, now(), now(), CASE WHEN ? THEN now() END)
            """;
        insert(message, adasQuestion, ada.userId(), adasTripPlan, null, "user", "Where to?", false);
        insert(message, adasAnswer, ada.userId(), adasTripPlan, adasQuestion, "assistant", "To the sea.", false);
        insert(message, adasTypo, ada.userId(), adasTripPlan, adasAnswer, "user", "Wehn?", true);
        insert(message, adasFarewell, ada.userId(), adasCancelledTrip, null, "user", "Never mind.", false);
        insert(message, gracesEntry, grace.userId(), gracesDiary, null, "user", "Dear diary", false);
        var leaf = "UPDATE conversations SET current_leaf = ? WHERE id = ?";
        insert(leaf, adasAnswer, adasTripPlan);
        insert(leaf, adasFarewell, adasCancelledTrip);
        insert(leaf, gracesEntry, gracesDiary);
    }

    private void tasks() throws SQLException {
        var task = """
            INSERT INTO tasks (id, user_id, conversation_id, title, deleted_at)
            VALUES (?, ?, ?::uuid, ?, CASE WHEN ? THEN now() END)
            """;
        insert(task, adasBooking, ada.userId(), adasTripPlan, "Book the night train", false);
        insert(task, adasPacking, ada.userId(), null, "Pack", false);
        insert(task, adasForgottenErrand, ada.userId(), null, "Forgotten errand", true);
        insert(task, gracesErrand, grace.userId(), null, "Buy a pen", false);
    }

    private void insert(String sql, @Nullable Object... values) throws SQLException {
        try (var insert = connection.prepareStatement(sql)) {
            for (int at = 0; at < values.length; at++) insert.setObject(at + 1, values[at]);
            insert.executeUpdate();
        }
    }
}
