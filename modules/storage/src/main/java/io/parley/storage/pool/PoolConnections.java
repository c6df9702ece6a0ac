package io.parley.storage.pool;

import io.parley.postgres.DatabaseUrl;
import io.parley.storage.Database;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How the pool connects. */
final class PoolConnections {
    /** The texts of all modules together are fewer, those composed from filters included. */
    private static final int PREPARED_STATEMENTS = 512;

    // A pool gives a connection to one statement at a time, so a slow one never holds up those behind it. What is
    // pipelined are the parts of one statement: prepare, bind and execute.
    private static final int PIPELINING_LIMIT = 16;

    /** Whatever waits does so in its {@link PoolSlice}. */
    private static final int UNLIMITED = 0;

    private static final Map<String, String> PLAIN =
            Map.of("application_name", "parley", "client_encoding", "UTF8", "DateStyle", "ISO");

    static Pool pool(Vertx vertx, DatabaseUrl url, PoolSettings settings) {
        return ClientBuilder.pool(new IdleClosingDriver())
                .using(vertx)
                .connectingTo(connection(url, settings))
                .with(sockets())
                .with(new PoolOptions().setMaxSize(settings.size()).setConnectionTimeout(UNLIMITED))
                .build();
    }

    private static PgConnectOptions connection(DatabaseUrl url, PoolSettings settings) {
        var options = ConnectOptions.of(url)
                .setProperties(new HashMap<>(PLAIN))
                // Behind a pooler they would be kept on a connection that is somebody else's next time.
                .setCachePreparedStatements(!settings.pooler())
                .setPreparedStatementCacheMaxSize(PREPARED_STATEMENTS)
                .setPreparedStatementCacheSqlFilter(sql -> !sql.startsWith(Database.PLANNED_EACH_TIME))
                .setPipeliningLimit(PIPELINING_LIMIT)
                .setUseLayer7Proxy(settings.pooler());
        if (!settings.pooler()) {
            options.addProperty("statement_timeout", Long.toString(DatabaseDeadlines.STATEMENT.toMillis()));
        }
        return options;
    }

    private static NetClientOptions sockets() {
        return new NetClientOptions()
                .setConnectTimeout((int) DatabaseUrl.CONNECT_TIMEOUT.toMillis())
                .setIdleTimeout((int) DatabaseDeadlines.SOCKET.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true);
    }

    private PoolConnections() {}
}
