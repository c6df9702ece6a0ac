package io.parley.testing.postgres;

import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.parley.storage.pool.PoolSettings;
import io.parley.testing.Answers;
import io.vertx.core.Vertx;

/** The database of one test class. */
record TestDatabase(Database database, DatabaseUrl url) implements AutoCloseable {
    private static final PoolSettings POOL = new PoolSettings(4, 200, false);

    static TestDatabase open(Vertx vertx, DatabaseUrl url) {
        return new TestDatabase(Database.connect(vertx, url, POOL), url);
    }

    @Override
    public void close() {
        Answers.of(database.close());
    }
}
