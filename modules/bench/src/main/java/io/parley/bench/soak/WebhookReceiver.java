package io.parley.bench.soak;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.concurrent.atomic.AtomicLong;

/** Receives webhooks and counts them. */
final class WebhookReceiver {
    private final Vertx vertx;
    private final AtomicLong received = new AtomicLong();

    WebhookReceiver(Vertx vertx) {
        this.vertx = vertx;
    }

    Future<HttpServer> listen() {
        return vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    received.incrementAndGet();
                    request.response().setStatusCode(204).end();
                }))
                .listen(0, "127.0.0.1");
    }

    long received() {
        return received.get();
    }
}
