package io.parley.messages;

import io.parley.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * 200,000 messages: half of them Ada's, who has a conversation with 20,000, the other half of a thousand other users. Every
 * hundredth contains {@code needle}. PostgreSQL chooses the same plans as for a million, on which the benchmark runs.
 */
final class ManyMessages {
    static final String ADA = "01900000-0000-7000-8000-00000000ada0";
    static final String LONG_CONVERSATION = "01900000-0000-7000-8001-000000000000";

    static void insert(DatabaseUrl url) throws SQLException {
        try (var connection = url.connect()) {
            execute(connection, "SET session_replication_role = replica");
            execute(connection, "SET maintenance_work_mem = '256MB'");
            execute(connection, USERS);
            execute(connection, CONVERSATIONS);
            var indexes = indexes(connection);
            for (var index : indexes) execute(connection, "DROP INDEX " + index[0]);
            execute(connection, MESSAGES);
            for (var index : indexes) execute(connection, index[1]);
            execute(connection, "VACUUM ANALYZE messages");
            execute(connection, "ANALYZE conversations");
        }
    }

    private static final String USERS = """
        INSERT INTO users (id, email, password_hash)
        SELECT ('01900000-0000-7000-8002-' || lpad(to_hex(n), 12, '0'))::uuid, 'u' || n || '@example.org', 'none'
          FROM generate_series(0, 999) n
        """;

    // Every other conversation is Ada's.
    private static final String CONVERSATIONS = """
        INSERT INTO conversations (id, user_id, title)
        SELECT ('01900000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid,
               CASE WHEN n % 2 = 0 THEN '""" + ADA + """
        '::uuid ELSE ('01900000-0000-7000-8002-' || lpad(to_hex(n % 1000), 12, '0'))::uuid END, 'Talk ' || n
          FROM generate_series(0, 3999) n
        """;

    private static final String MESSAGES = """
        INSERT INTO messages (id, conversation_id, user_id, role, content, token_count, model, created_at, updated_at)
        SELECT ('01900000-0000-7000-8003-' || lpad(to_hex(n), 12, '0'))::uuid,
               ('01900000-0000-7000-8001-' || lpad(to_hex(c), 12, '0'))::uuid,
               CASE WHEN c % 2 = 0 THEN '""" + ADA + """
        '::uuid ELSE ('01900000-0000-7000-8002-' || lpad(to_hex(c % 1000), 12, '0'))::uuid END,
               CASE n % 2 WHEN 0 THEN 'user' ELSE 'assistant' END,
               'word' || n % 1009 || ' word' || n % 5003 || CASE n % 100 WHEN 7 THEN ' needle' ELSE '' END,
               CASE n % 2 WHEN 1 THEN 12 END, CASE n % 2 WHEN 1 THEN 'tern-1' END,
               timestamptz '2026-01-01 00:00Z' + n * interval '50 s', timestamptz '2026-01-01 00:00Z'
          FROM (SELECT n, CASE WHEN n % 10 = 0 THEN 0 ELSE (n / 7) % 4000 END AS c FROM generate_series(0, 199999) n) AS numbers
        """;

    // Filling the indexes row by row would take minutes.
    private static List<String[]> indexes(Connection connection) throws SQLException {
        var indexes = new ArrayList<String[]>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        // ON ONLY would leave the partitions without an index.
                        "SELECT indexname, replace(indexdef, ' ON ONLY ', ' ON ') FROM pg_indexes"
                                + " WHERE tablename = 'messages' AND indexname LIKE 'ix%'")) {
            while (rows.next()) indexes.add(new String[] {rows.getString(1), rows.getString(2)});
        }
        return indexes;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private ManyMessages() {}
}
