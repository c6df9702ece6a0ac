package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import io.parley.storage.Database;
import io.parley.storage.connections.PoolSettings;
import io.parley.storage.keys.Keyset;
import io.parley.storage.keys.KeysetSettings;
import io.parley.storage.sealing.UserKeyStore;
import io.parley.testing.Answers;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The database of one test class, with row-level security. Closing it checks every statement with parameters that was run on it: its
 * text, what it finds without its user, and its plan if the tables are partitioned.
 */
record TestDatabase(Database database, Database owner, DatabaseUrl url) implements AutoCloseable {
    /** Begins a statement that a test runs by itself, past the modules. */
    private static final String OF_A_TEST = "/* test */";

    private static final PoolSettings POOL = new PoolSettings(4, 200, false);
    private static final PoolSettings POOL_OF_OWNER = new PoolSettings(2, 200, false);
    private static final int PAGE_BYTES = 4 * 1024 * 1024;

    private static final KeysetSettings KEYS =
            new KeysetSettings(Keyset.generate().text(), Path.of("unused"));

    static TestDatabase open(Vertx vertx, DatabaseUrl url) {
        var secured = Database.connectSecured(vertx, url, url, POOL, PAGE_BYTES);
        var database = UserKeyStore.addKeys(vertx, secured, KEYS);
        var owner = Database.connect(vertx, url, POOL_OF_OWNER);
        OwnerDatabase.put(database, owner);
        return new TestDatabase(database, owner, url);
    }

    @Override
    public void close() {
        Answers.of(database.close());
        Answers.of(owner.close());
        var texts = database.texts().stream()
                .filter(text -> text.contains("#{") && !text.startsWith(OF_A_TEST))
                .toList();
        // On one connection: these are up to a hundred statements in each of a hundred classes.
        Jdbc.run(url, connection -> {
            refuse(texts, new StatementRules(tablesOfUsers(connection))::violations);
            refuse(texts, new IsolationCheck(connection)::violations);
            return true;
        });
        if (HashPartitions.WANTED) refuse(texts, new PartitionCheck(url)::violations);
    }

    private static void refuse(List<String> texts, Function<String, List<String>> check) {
        var violations = texts.stream()
                .flatMap(text -> check.apply(text).stream().map(violation -> violation + "\n" + text))
                .collect(Collectors.joining("\n"));
        if (!violations.isEmpty())
            throw new AssertionError("Statements that break the rules of keys or of isolation:\n" + violations);
    }

    private static List<String> tablesOfUsers(Connection connection) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                    SELECT table_name FROM information_schema.columns
                     WHERE table_schema = current_schema() AND column_name = 'user_id' AND table_name !~ '_p[0-9]+$'
                     ORDER BY length(table_name) DESC
                    """)) {
            while (rows.next()) tables.add(rows.getString(1));
        }
        return tables;
    }
}
