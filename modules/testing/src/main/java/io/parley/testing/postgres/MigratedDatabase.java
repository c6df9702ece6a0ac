package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.Jdbc;
import io.parley.storage.migration.Migrations;
import io.parley.testing.Repository;

/** A database with the empty tables of all modules, as the migrations create them. */
public final class MigratedDatabase {
    /** Replaces a database of that name. */
    public static DatabaseUrl create(DatabaseUrl server, String name) {
        Jdbc.run(server, connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("DROP DATABASE IF EXISTS " + name);
                return statement.execute("CREATE DATABASE " + name);
            }
        });
        var url = server.withDatabase(name);
        migrate(url);
        return url;
    }

    private static void migrate(DatabaseUrl url) {
        var locations = Repository.migrations().stream()
                .map(folder -> "filesystem:" + folder)
                .toArray(String[]::new);
        if (locations.length > 0) new Migrations(url, locations).migrate();
    }

    private MigratedDatabase() {}
}
