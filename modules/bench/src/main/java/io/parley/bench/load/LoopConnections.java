package io.parley.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An HTTP client per event loop, because handing a request to another loop takes longer than writing it. */
public final class LoopConnections {
    private final Vertx vertx;
    private final PoolOptions each;
    private final Map<Thread, HttpClient> clients = new ConcurrentHashMap<>();

    /** @param each connections per event loop */
    public LoopConnections(Vertx vertx, int each) {
        this.vertx = vertx;
        this.each = new PoolOptions().setHttp1MaxSize(each).setMaxWaitQueueSize(-1);
    }

    /** Connects to 127.0.0.1. */
    public HttpClient ofThisLoop() {
        return clients.computeIfAbsent(
                Thread.currentThread(),
                thread -> vertx.createHttpClient(new HttpClientOptions().setDefaultHost("127.0.0.1"), each));
    }

    public Future<?> close() {
        return Future.all(clients.values().stream().map(HttpClient::close).toList());
    }
}
