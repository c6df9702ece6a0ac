package io.parley.gateway.streams;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.TurnOutcome;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.HeaderNames;
import io.parley.gateway.http.MediaTypes;
import io.parley.gateway.http.StreamedAnswer;
import io.parley.kernel.Caller;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;

/** A turn with its messages, as one JSON document once the turn has ended. */
public record TurnAnswer(Vertx vertx, TurnFeed feed, Caller caller, Chat.Started started) implements StreamedAnswer {
    /** How often to ask for an outcome that may have been published without reaching this node. */
    private static final long CHECK_MILLIS = 2_000;

    @Override
    public String type() {
        return MediaTypes.JSON;
    }

    @Override
    public Future<Void> send(HttpServerRequest request, ConnectionDeadlines deadlines) {
        var awaited = new AwaitedOutcome(feed, caller, started.turn().id());
        deadlines.writingAnswer(request);
        var timer = vertx.setPeriodic(CHECK_MILLIS, tick -> {
            deadlines.writingAnswer(request);
            awaited.check();
        });
        request.response().closeHandler(closed -> awaited.close());
        awaited.open();
        // A new turn is still running, because its start is answered before it can end.
        if (started.isRepeated()) awaited.check();
        return awaited.outcome()
                .compose(outcome -> answer(outcome).write(request.response()))
                .onComplete(done -> vertx.cancelTimer(timer));
    }

    private Answer answer(TurnOutcome outcome) {
        return started.isRepeated()
                ? Answer.json(200, Map.of(HeaderNames.IDEMPOTENCY_REPLAYED, "true"), outcome)
                : Answer.json(200, outcome);
    }
}
