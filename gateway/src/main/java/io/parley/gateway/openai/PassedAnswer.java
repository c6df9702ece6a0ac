package io.parley.gateway.openai;

import io.parley.contracts.assistant.Completions;
import io.parley.contracts.assistant.Completions.Passed;
import io.parley.contracts.assistant.Completions.Piece;
import io.parley.contracts.assistant.Completions.Taken;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.MediaTypes;
import io.parley.gateway.http.SecurityHeaders;
import io.parley.gateway.openai.exchange.Exchange;
import io.parley.kernel.Bus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/** An answer of a provider on its way to the client. */
final class PassedAnswer {
    private final Vertx vertx;
    private final Bus bus;
    private final Exchange exchange;
    private final UUID id;
    private final Promise<Void> done = Promise.promise();
    private int lastNumber;

    PassedAnswer(Vertx vertx, Bus bus, Exchange exchange, UUID id) {
        this.vertx = vertx;
        this.bus = bus;
        this.exchange = exchange;
        this.id = id;
    }

    /** Ends the provider's request if the client goes. */
    void cancelIfGone() {
        exchange.http().response().closeHandler(closed -> {
            if (done.tryComplete()) cancel();
        });
    }

    private void cancel() {
        bus.publish(Completions.TAKEN, new Taken(id, lastNumber, true));
    }

    /** Succeeds when the whole answer is written, or the client has gone. */
    Future<Void> begin(Passed head) {
        var response = exchange.http().response();
        if (done.future().isComplete() || response.closed()) {
            cancel();
            return Future.succeededFuture();
        }
        SecurityHeaders.apply(response);
        response.setChunked(true)
                .putHeader("Content-Type", Objects.requireNonNullElse(head.contentType(), MediaTypes.JSON))
                .putHeader("X-Accel-Buffering", "no");
        var beat = vertx.setPeriodic(Completions.BEAT_MILLIS / 2, tick -> {
            if (!response.writeQueueFull()) exchange.deadlines().writingAnswer(exchange.http());
            taken();
        });
        exchange.deadlines().writingAnswer(exchange.http());
        taken();
        return done.future().onComplete(ended -> vertx.cancelTimer(beat));
    }

    private void taken() {
        bus.publish(Completions.TAKEN, new Taken(id, lastNumber, false));
    }

    void write(Piece piece) {
        if (done.future().isComplete()) return;
        var http = exchange.http();
        if (piece.isBroken() || piece.number() != lastNumber + 1) {
            // Ending the answer would look as if it were whole.
            done.tryComplete();
            if (!piece.isLast()) cancel();
            ConnectionDeadlines.abort(http);
            return;
        }
        exchange.deadlines().writingAnswer(http);
        if (piece.isLast()) {
            done.tryComplete();
            http.response().end();
            return;
        }
        lastNumber = piece.number();
        var bytes = Buffer.buffer(piece.bytes().getBytes(StandardCharsets.ISO_8859_1));
        http.response().write(bytes).onSuccess(written -> taken(piece.number()));
    }

    private void taken(int number) {
        bus.publish(Completions.TAKEN, new Taken(id, number, false));
    }
}
