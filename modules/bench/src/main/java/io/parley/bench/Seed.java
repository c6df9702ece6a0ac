package io.parley.bench;

import io.parley.storage.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A thousand users with twenty conversations and twenty tasks each, and any number of messages, spread evenly: the
 * message of a number is in the conversation of that number, modulo 20 000, and that the user's of its own, modulo 1000.
 */
final class Seed {
    static final int USERS = 1_000;
    static final int CONVERSATIONS = 20_000;
    static final int TASKS = 20_000;

    private final DatabaseUrl url;
    private int messages;

    Seed(DatabaseUrl url) throws SQLException {
        this.url = url;
        try (var connection = connect()) {
            execute(connection, """
                INSERT INTO users (id, email, password_hash)
                SELECT ('01900000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, 'u' || n || '@example.org', 'none'
                  FROM generate_series(0, 999) n
                """);
            execute(connection, """
                INSERT INTO conversations (id, user_id, title)
                SELECT ('01900000-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid,
                       ('01900000-0000-7000-8001-' || lpad(to_hex(n % 1000), 12, '0'))::uuid, 'Conversation ' || n
                  FROM generate_series(0, 19999) n
                """);
            execute(connection, """
                INSERT INTO tasks (id, user_id, title)
                SELECT ('01900000-0000-7000-8004-' || lpad(to_hex(n), 12, '0'))::uuid,
                       ('01900000-0000-7000-8001-' || lpad(to_hex(n % 1000), 12, '0'))::uuid, 'Task ' || n
                  FROM generate_series(0, 19999) n
                """);
            execute(connection, "VACUUM ANALYZE users, conversations, tasks");
        }
    }

    static UUID user(int number) {
        return id("8001", number % USERS);
    }

    static UUID conversation(int number) {
        return id("8002", number % CONVERSATIONS);
    }

    static UUID message(int number) {
        return id("8003", number);
    }

    private static UUID id(String kind, int number) {
        return UUID.fromString("01900000-0000-7000-%s-%012x".formatted(kind, number));
    }

    int messages() {
        return messages;
    }

    /** Adds messages until there are so many. */
    void grow(int number) throws SQLException {
        try (var connection = connect()) {
            // What a trigger would note of a message nobody follows, and its keys are made to fit.
            execute(connection, "SET session_replication_role = replica");
            // To fill indexes row by row takes minutes more than to build them.
            var indexes = indexes(connection);
            for (var index : indexes) execute(connection, "DROP INDEX " + index.name());
            insert(connection, messages, number - 1);
            for (var index : indexes) execute(connection, index.definition());
            execute(connection, "VACUUM ANALYZE messages");
            execute(connection, "CHECKPOINT");
        }
        messages = number;
    }

    private static void insert(Connection connection, int first, int last) throws SQLException {
        try (var insert = connection.prepareStatement("""
            INSERT INTO messages (id, conversation_id, user_id, role, content, created_at, updated_at)
            SELECT ('01900000-0000-7000-8003-' || lpad(to_hex(n), 12, '0'))::uuid,
                   ('01900000-0000-7000-8002-' || lpad(to_hex(n % 20000), 12, '0'))::uuid,
                   ('01900000-0000-7000-8001-' || lpad(to_hex(n % 1000), 12, '0'))::uuid,
                   CASE n / 20000 % 2 WHEN 0 THEN 'user' ELSE 'assistant' END,
                   repeat('what was said about number ' || n % 997 || ' and then about ' || n % 89 || ', ', 5)
                       || CASE n / 1000 % 100 WHEN 7 THEN 'needle' ELSE 'hay' END,
                   timestamptz '2026-01-01 00:00Z' + n * interval '1 s',
                   timestamptz '2026-01-01 00:00Z' + n * interval '1 s'
              FROM generate_series(?, ?) n
            """)) {
            insert.setInt(1, first);
            insert.setInt(2, last);
            insert.executeUpdate();
        }
    }

    private record Index(String name, String definition) {}

    private static List<Index> indexes(Connection connection) throws SQLException {
        var indexes = new ArrayList<Index>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'messages' AND indexname LIKE 'ix%'")) {
            while (rows.next()) indexes.add(new Index(rows.getString(1), rows.getString(2)));
        }
        return indexes;
    }

    private Connection connect() throws SQLException {
        var connection = url.connect();
        execute(connection, "SET maintenance_work_mem = '512MB'");
        return connection;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
