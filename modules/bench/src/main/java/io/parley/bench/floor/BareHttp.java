package io.parley.bench.floor;

import io.parley.bench.subject.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CountDownLatch;

/** A program that shows what HTTP alone costs: a server of the same Vert.x that sends a body of the requested size. */
final class BareHttp {
    private static final int INSTANCES = 2;

    /** @param arguments the port to listen on */
    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        var vertx = Vertx.vertx();
        for (int instance = 0; instance < INSTANCES; instance++)
            Blocking.await(vertx.deployVerticle(context -> listen(vertx, port)));
        System.out.println("Listening on " + port);
        new CountDownLatch(1).await();
    }

    private static Future<?> listen(Vertx vertx, int port) {
        return vertx.createHttpServer().requestHandler(BareHttp::respond).listen(port, "127.0.0.1");
    }

    // The path ends with the number of bytes, as in /api/v1/512.
    private static void respond(HttpServerRequest request) {
        int bytes = Integer.parseInt(request.path().substring(request.path().lastIndexOf('/') + 1));
        var body = Buffer.buffer("x".repeat(bytes));
        request.body()
                .onSuccess(received -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(body));
    }

    private BareHttp() {}
}
