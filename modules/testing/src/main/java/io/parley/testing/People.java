package io.parley.testing;

import io.parley.kernel.Caller;
import io.parley.storage.DatabaseUrl;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** The people everyone knows, and a conversation of each. They are in every test class's database. */
public final class People {
    public static final Caller ada = user("01900000-0000-7000-8000-00000000ada0");
    public static final Caller grace = user("01900000-0000-7000-8000-0000000a9ace");

    /** Ada's conversation, empty. */
    public static final UUID adasTripPlan = UUID.fromString("01900000-0000-7000-8000-00000000ada1");

    /** Grace's conversation, empty. */
    public static final UUID gracesDiary = UUID.fromString("01900000-0000-7000-8000-0000000a9acf");

    private static Caller user(String id) {
        return new Caller(UUID.fromString(id), Caller.Role.USER);
    }

    /** Inserts them where their tables are. */
    static void insert(DatabaseUrl url) {
        try (var connection = url.connect()) {
            if (hasTable(connection, "users")) insertUsers(connection);
            if (hasTable(connection, "conversations")) insertConversations(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static boolean hasTable(Connection connection, String name) throws SQLException {
        try (var tables = connection.getMetaData().getTables(null, "public", name, null)) {
            return tables.next();
        }
    }

    private static void insertUsers(Connection connection) throws SQLException {
        try (var insert = connection.prepareStatement(
                "INSERT INTO users (id, email, password_hash, name) VALUES (?, ?, 'no password fits', ?)")) {
            insert(insert, ada.userId(), "ada@example.org", "Ada");
            insert(insert, grace.userId(), "grace@example.org", "Grace");
        }
    }

    private static void insertConversations(Connection connection) throws SQLException {
        try (var insert =
                connection.prepareStatement("INSERT INTO conversations (id, user_id, title) VALUES (?, ?, ?)")) {
            insert(insert, adasTripPlan, ada.userId(), "Trip plan");
            insert(insert, gracesDiary, grace.userId(), "Diary");
        }
    }

    private static void insert(PreparedStatement insert, Object... values) throws SQLException {
        for (int at = 0; at < values.length; at++) insert.setObject(at + 1, values[at]);
        insert.executeUpdate();
    }

    private People() {}
}
