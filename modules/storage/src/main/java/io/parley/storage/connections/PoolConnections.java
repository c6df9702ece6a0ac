package io.parley.storage.connections;

import io.parley.postgres.DatabaseRole;
import io.parley.postgres.DatabaseUrl;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How a pool connects. */
public final class PoolConnections {
    /** Begins the texts of statements that are planned for the values of each execution, not prepared once. */
    public static final String PLANNED_EACH_TIME = "/* planned each time */ ";

    /** More than all modules have together, including the texts that are composed from filters. */
    private static final int PREPARED_STATEMENTS = 512;

    // A pool gives a connection to one statement at a time, so a slow statement never delays others. Only the parts of
    // one statement are pipelined: prepare, bind and execute.
    private static final int PIPELINING_LIMIT = 16;

    /** Statements wait for a connection in a queue of their own, not in the pool. */
    private static final int UNLIMITED = 0;

    private static final Map<String, String> PLAIN =
            Map.of("application_name", "parley", "client_encoding", "UTF8", "DateStyle", "ISO");

    /** @param role that the connections take; null for the login's own */
    public static Pool pool(Vertx vertx, DatabaseUrl url, PoolSettings settings, @Nullable DatabaseRole role) {
        return pool(vertx, connection(url, settings, role), settings);
    }

    /** To a server of which every statement can be sent to the primary as well. */
    public static Pool poolOfReplica(Vertx vertx, DatabaseUrl url, PoolSettings settings, @Nullable DatabaseRole role) {
        var options = connection(url, settings, role);
        if (!settings.pooler())
            options.addProperty("lock_timeout", Long.toString(DatabaseDeadlines.REPLICA_LOCK.toMillis()));
        return pool(vertx, options, settings);
    }

    private static Pool pool(Vertx vertx, PgConnectOptions connection, PoolSettings settings) {
        return ClientBuilder.pool(new IdleClosingDriver())
                .using(vertx)
                .connectingTo(connection)
                .with(sockets())
                .with(new PoolOptions().setMaxSize(settings.size()).setConnectionTimeout(UNLIMITED))
                .build();
    }

    private static PgConnectOptions connection(DatabaseUrl url, PoolSettings settings, @Nullable DatabaseRole role) {
        var options = ConnectOptions.of(url)
                .setProperties(new HashMap<>(PLAIN))
                // Behind a transaction pooler the next statement may run on another server connection.
                .setCachePreparedStatements(!settings.pooler())
                .setPreparedStatementCacheMaxSize(PREPARED_STATEMENTS)
                .setPreparedStatementCacheSqlFilter(sql -> !sql.startsWith(PLANNED_EACH_TIME))
                .setPipeliningLimit(PIPELINING_LIMIT)
                .setUseLayer7Proxy(settings.pooler());
        if (!settings.pooler()) {
            options.addProperty("statement_timeout", Long.toString(DatabaseDeadlines.STATEMENT.toMillis()));
            if (role != null) options.addProperty("role", role.text());
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
