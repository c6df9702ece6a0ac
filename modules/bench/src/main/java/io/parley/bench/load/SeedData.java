package io.parley.bench.load;

import io.parley.postgres.DatabaseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A thousand users with twenty conversations and twenty tasks each, and up to a million messages. A conversation has
 * fifty messages or none. Each block of ten thousand messages goes to two hundred conversations in turn, so that the
 * messages of one conversation lie apart on disk, as they do if many users write at the same time.
 */
public final class SeedData {
    static final int USERS = 1_000;
    static final int CONVERSATIONS = 20_000;
    static final int TASKS = 20_000;
    private static final int BLOCK = 10_000;
    private static final int CONVERSATIONS_PER_BLOCK = 200;

    private final DatabaseUrl url;
    private int messages;

    public SeedData(DatabaseUrl url) throws SQLException {
        this.url = url;
        try (var connection = connect()) {
            execute(connection, """
                INSERT INTO users (id, email, password_hash)
                SELECT ('01900000-0000-7000-8001-' || lpad(to_hex(n), 12, '0'))::uuid, 'u' || n || '@example.org', 'none'
                  FROM generate_series(0, 999) n
                """);
            execute(connection, """
                INSERT INTO sessions (id, user_id, family_id, token_hash, expires_at)
                SELECT s.id, u.id, s.id, sha256(uuid_send(s.id)), now() + interval '1 day'
                  FROM users u, LATERAL (SELECT overlay(u.id::text PLACING '8005' FROM 20)::uuid AS id) s
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
            execute(connection, "VACUUM ANALYZE users, sessions, conversations, tasks");
        }
    }

    /** The owner of the message with this number. */
    public static UUID user(int message) {
        return id(0x8001, userNumber(message));
    }

    /** The session of a user. */
    static UUID session(UUID user) {
        return id(0x8005, (int) (user.getLeastSignificantBits() & 0xFFFF_FFFFL));
    }

    public static int userNumber(int message) {
        return conversationNumber(message) % USERS;
    }

    /** The conversation of the message with this number. */
    public static UUID conversation(int message) {
        return id(0x8002, conversationNumber(message));
    }

    private static int conversationNumber(int message) {
        return (message / BLOCK * CONVERSATIONS_PER_BLOCK + message % CONVERSATIONS_PER_BLOCK) % CONVERSATIONS;
    }

    public static UUID message(int number) {
        return id(0x8003, number);
    }

    private static UUID id(long kind, int number) {
        return new UUID(0x01900000_0000_7000L, kind << 48 | number);
    }

    public int messages() {
        return messages;
    }

    /** Adds messages until there are this many. */
    public void grow(int number) throws SQLException {
        try (var connection = connect()) {
            // Without triggers and foreign key checks: nobody follows these changes, and the keys are correct.
            execute(connection, "SET session_replication_role = replica");
            // Building the indexes at the end is minutes faster than filling them row by row.
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
                   ('01900000-0000-7000-8002-' || lpad(to_hex(conversation), 12, '0'))::uuid,
                   ('01900000-0000-7000-8001-' || lpad(to_hex(conversation % 1000), 12, '0'))::uuid,
                   CASE n / 200 % 2 WHEN 0 THEN 'user' ELSE 'assistant' END,
                   repeat('what was said about number ' || n % 997 || ' and then about ' || n % 89 || ', ', 5)
                       || CASE n / 200 % 100 WHEN 7 THEN 'needle' ELSE 'hay' END,
                   timestamptz '2026-01-01 00:00Z' + n * interval '1 s',
                   timestamptz '2026-01-01 00:00Z' + n * interval '1 s'
              FROM generate_series(?, ?) n, LATERAL (SELECT (n / 10000 * 200 + n % 200) % 20000 AS conversation)
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
