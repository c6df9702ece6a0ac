package io.parley.gateway.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.gateway.connections.HttpTimeouts;
import io.parley.gateway.http.ConnectionDeadlines;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SseWriterTest {
    private static final HttpTimeouts TIMEOUTS =
            new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));

    private final Vertx vertx = Vertx.vertx();
    private final CompletableFuture<Boolean> isReady = new CompletableFuture<>();

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void dropsEventsAfterAnotherAnswer() throws Exception {
        var server = await(vertx.createHttpServer()
                .requestHandler(request -> Future.succeededFuture(request)
                        .map(this::writeAfterTheEnd)
                        .onComplete((ready, failure) -> {
                            if (failure == null) isReady.complete(ready);
                            else isReady.completeExceptionally(failure);
                        }))
                .listen(0, "127.0.0.1"));

        assertThat(get(server.actualPort())).isEqualTo("too late");
        assertThat(isReady.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private boolean writeAfterTheEnd(HttpServerRequest request) {
        var writer = new SseWriter(request, new ConnectionDeadlines(vertx, TIMEOUTS));
        request.response().setStatusCode(504).end("too late");
        writer.keepAlive();
        writer.event("1", "turn.completed", "{}");
        return writer.isReady();
    }

    private static String get(int port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
