package io.parley.storage;

import io.parley.postgres.DatabaseUrl;
import io.parley.postgres.embedded.Servers;
import io.parley.storage.migration.Migrations;

/** A database with the table of {@code db/small}. */
public final class NotesDatabase {
    public static DatabaseUrl create() {
        var url = Servers.newDatabase();
        new Migrations(url, "classpath:db/small").migrate();
        return url;
    }

    private NotesDatabase() {}
}
