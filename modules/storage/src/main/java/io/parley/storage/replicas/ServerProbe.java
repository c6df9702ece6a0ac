package io.parley.storage.replicas;

import io.parley.postgres.DatabaseRole;
import io.parley.postgres.DatabaseUrl;
import io.parley.storage.connections.PoolConnections;
import io.parley.storage.connections.PoolSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection of its own on which a server is asked about itself, however busy the others are. A question without an answer fails after a
 * second. The next one then takes a new connection, because the old one may be silent for ever.
 */
final class ServerProbe {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final DatabaseUrl url;
    private final PoolSettings settings;
    private final @Nullable DatabaseRole role;
    private volatile Pool connection;

    /** Opens no connection yet. */
    ServerProbe(Vertx vertx, DatabaseUrl url, boolean pooler, @Nullable DatabaseRole role) {
        this.vertx = vertx;
        this.url = url;
        this.settings = new PoolSettings(1, 0, pooler);
        this.role = role;
        this.connection = open();
    }

    private Pool open() {
        return PoolConnections.pool(vertx, url, settings, role);
    }

    /** The only row of a statement without parameters. */
    Future<Row> ask(String sql) {
        var asked = connection;
        return asked.query(sql)
                .execute()
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .map(rows -> rows.iterator().next())
                .onFailure(failure -> replace(asked));
    }

    private synchronized void replace(Pool failed) {
        if (connection != failed) return;
        connection = open();
        failed.close();
    }

    synchronized Future<Void> close() {
        return connection.close();
    }
}
