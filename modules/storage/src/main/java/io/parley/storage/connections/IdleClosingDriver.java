package io.parley.storage.connections;

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
 * The PostgreSQL driver of Vert.x with connections that are closed when they fall silent. Vert.x 5.0.10 sends Terminate
 * before it closes an idle socket, and waits for statements in flight before it sends that: if the server is silent, it
 * waits for ever. A connection attempt to a silent server keeps its slot in the pool for ever as well.
 */
final class IdleClosingDriver extends PgDriver {
    @Override
    public ConnectionFactory<PgConnectOptions> createConnectionFactory(Vertx vertx, NetClientOptions sockets) {
        return new IdleClosingConnections(super.createConnectionFactory(vertx, sockets));
    }

    private record IdleClosingConnections(ConnectionFactory<PgConnectOptions> connections)
            implements ConnectionFactory<PgConnectOptions> {
        @Override
        public Future<SqlConnection> connect(Context context, PgConnectOptions options) {
            var connection = connections.connect(context, options);
            var inTime = connection.timeout(DatabaseUrl.CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            connection.onSuccess(late -> closeIfTooLate(late, inTime));
            return inTime.map(IdleClosingConnections::closedWhenIdle);
        }

        private static void closeIfTooLate(SqlConnection late, Future<?> inTime) {
            if (inTime.failed()) late.close();
        }

        private static SqlConnection closedWhenIdle(SqlConnection connection) {
            var socket = ((PgSocketConnection) ((SqlConnectionInternal) connection).unwrap()).socket();
            socket.channelHandlerContext().pipeline().addAfter("idle", "close-when-idle", new CloseWhenIdle());
            return connection;
        }

        @Override
        public void close(Completable<Void> completion) {
            connections.close(completion);
        }
    }

    /** Closes an idle socket without sending Terminate. */
    private static final class CloseWhenIdle extends ChannelInboundHandlerAdapter {
        // A close that starts at this handler bypasses the codec, which would wait for statements in flight.
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
