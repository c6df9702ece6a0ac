package io.parley.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Each event loop has its own: to hand a request to another one takes longer than to write it. */
public final class LoopConnections {
    private final Vertx vertx;
    private final PoolOptions each;
    private final Map<Thread, HttpClient> clients = new ConcurrentHashMap<>();

    /** @param each as many for each of those who ask */
    public LoopConnections(Vertx vertx, int each) {
        this.vertx = vertx;
        this.each = new PoolOptions().setHttp1MaxSize(each).setMaxWaitQueueSize(-1);
    }

    /** To 127.0.0.1. */
    public HttpClient here() {
        return clients.computeIfAbsent(
                Thread.currentThread(),
                thread -> vertx.createHttpClient(new HttpClientOptions().setDefaultHost("127.0.0.1"), each));
    }

    public Future<?> close() {
        return Future.all(clients.values().stream().map(HttpClient::close).toList());
    }
}
