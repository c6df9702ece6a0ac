package io.parley.users.limits;

import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** The SQL of the table {@code known_addresses}: from where accounts have signed in within 30 days. */
public final class KnownAddresses {
    private final Database database;

    public KnownAddresses(Database database) {
        this.database = database;
    }

    Future<Boolean> contain(Buffer key) {
        return database.query(
                        "SELECT known_until FROM known_addresses WHERE key = #{key} AND known_until > now()",
                        row -> true)
                .one(Parameters.of("key", key))
                .map(found -> found.isPresent());
    }

    /** Writes at most once a day. */
    Future<Void> add(Buffer key) {
        return database.query("""
                    INSERT INTO known_addresses (key, known_until) VALUES (#{key}, now() + interval '30 days')
                    ON CONFLICT (key) DO UPDATE SET known_until = EXCLUDED.known_until
                     WHERE known_addresses.known_until < EXCLUDED.known_until - interval '1 day'
                    """).run(Parameters.of("key", key)).mapEmpty();
    }
}
