package io.parley.storage;

import io.parley.postgres.DatabaseUrl;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between a pool and its server, and counts what the server sends. */
final class CountingRelay {
    private final DatabaseUrl server;
    private final NetClient client;
    private final NetServer listener;
    private final AtomicLong received = new AtomicLong();

    CountingRelay(Vertx vertx, DatabaseUrl server) {
        this.server = server;
        this.client = vertx.createNetClient();
        this.listener = Futures.result(
                vertx.createNetServer().connectHandler(this::relay).listen(0, "127.0.0.1"));
    }

    DatabaseUrl url() {
        return new DatabaseUrl(
                "127.0.0.1",
                listener.actualPort(),
                server.database(),
                server.user(),
                server.password(),
                server.tls(),
                server.rootCertificate());
    }

    /** In bytes. */
    long received() {
        return received.get();
    }

    private void relay(NetSocket near) {
        near.pause();
        client.connect(server.port(), server.host()).onSuccess(far -> {
            far.handler(bytes -> {
                received.addAndGet(bytes.length());
                near.write(bytes);
            });
            near.handler(far::write);
            near.closeHandler(closed -> far.close());
            near.resume();
        });
    }
}
