package io.parley.storage.pool;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.parley.postgres.DatabaseUrl;
import io.vertx.core.Completable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.impl.PgSocketConnection;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.internal.SqlConnectionInternal;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL's driver with connections that cannot stay dead. Vert.x 5.0.10 says goodbye to the server before it closes
 * an idle socket, and waits for statements under way to end before it says so: where the server is silent that is for
 * ever. A server that is silent while it is being connected to keeps its place in the pool for ever, too.
 */
final class IdleClosingDriver extends PgDriver {
    @Override
    public ConnectionFactory<PgConnectOptions> createConnectionFactory(Vertx vertx, NetClientOptions sockets) {
        return new WatchfulConnections(super.createConnectionFactory(vertx, sockets));
    }

    private record WatchfulConnections(ConnectionFactory<PgConnectOptions> connections)
            implements ConnectionFactory<PgConnectOptions> {
        @Override
        public Future<SqlConnection> connect(Context context, PgConnectOptions options) {
            var connection = connections.connect(context, options);
            var inTime = connection.timeout(DatabaseUrl.CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            connection.onSuccess(late -> closeUnlessWanted(late, inTime));
            return inTime.map(WatchfulConnections::watched);
        }

        private static void closeUnlessWanted(SqlConnection late, Future<?> inTime) {
            if (inTime.failed()) late.close();
        }

        private static SqlConnection watched(SqlConnection connection) {
            var socket = ((PgSocketConnection) ((SqlConnectionInternal) connection).unwrap()).socket();
            socket.channelHandlerContext().pipeline().addAfter("idle", "hang-up", new HangUp());
            return connection;
        }

        @Override
        public void close(Completable<Void> completion) {
            connections.close(completion);
        }
    }

    /** Closes a socket that has been idle for too long, without a word. */
    private static final class HangUp extends ChannelInboundHandlerAdapter {
        // From this place in the pipeline the close passes by the codec, which would wait.
        @Override
        public void userEventTriggered(ChannelHandlerContext channel, Object event) {
            if (event instanceof IdleStateEvent) {
                channel.close();
            } else {
                channel.fireUserEventTriggered(event);
            }
        }
    }
}
