package io.parley.testing.postgres;

import io.parley.storage.Database;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;

/** Statements of a test itself, which see and change the rows of all users. */
public final class OwnerDatabase {
    private static final Map<Database, Database> OWNERS = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param database that the {@link PostgresExtension} has injected */
    public static Database of(Database database) {
        return Objects.requireNonNull(OWNERS.get(database), "not a database of the extension");
    }

    static void put(Database database, Database owner) {
        OWNERS.put(database, owner);
    }

    private OwnerDatabase() {}
}
