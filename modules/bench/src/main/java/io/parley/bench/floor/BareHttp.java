package io.parley.bench.floor;

import io.parley.bench.subject.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What HTTP costs by itself: a server of the same Vert.x that answers so many bytes, whatever it is asked. */
@Command(name = "bare-http", hidden = true)
public final class BareHttp implements Callable<Integer> {
    private static final int INSTANCES = 2;

    @Option(names = "--port", required = true)
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        var vertx = Vertx.vertx();
        for (int instance = 0; instance < INSTANCES; instance++)
            Blocking.await(vertx.deployVerticle(context -> listen(vertx)));
        System.out.println("Listening on " + port);
        new CountDownLatch(1).await();
        return 0;
    }

    private Future<?> listen(Vertx vertx) {
        return vertx.createHttpServer().requestHandler(BareHttp::answer).listen(port, "127.0.0.1");
    }

    // The path says how many bytes, as in /api/v1/512.
    private static void answer(HttpServerRequest request) {
        int bytes = Integer.parseInt(request.path().substring(request.path().lastIndexOf('/') + 1));
        var body = Buffer.buffer("x".repeat(bytes));
        request.body()
                .onSuccess(asked -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end(body));
    }
}
