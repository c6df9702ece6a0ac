package io.parley.gateway.streams;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.gateway.http.Answer;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.StreamedAnswer;
import io.parley.json.JsonForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** A turn with its messages, once it has ended. */
public record TurnAnswer(Vertx vertx, TurnFeed feed, Caller caller, Chat.Started started) implements StreamedAnswer {
    private static final long QUIET_MILLIS = 2_000;

    private record Body(Turn turn, Json messages) {}

    @Override
    public String type() {
        return "application/json";
    }

    @Override
    public Future<Void> send(HttpServerRequest request, ConnectionDeadlines deadlines) {
        var waiting = new Waiting();
        var follower = new TurnFollower(feed, caller, started.turn().id(), 0, waiting);
        deadlines.writing(request);
        var timer = vertx.setPeriodic(QUIET_MILLIS, tick -> {
            deadlines.writing(request);
            follower.catchUp();
        });
        request.response().closeHandler(closed -> follower.close());
        follower.open();
        return waiting.last
                .future()
                .compose(last -> feed.bus()
                        .ask(Chat.FIND, new Chat.Find(caller, started.turn().id()))
                        .map(turn -> answer(turn, last)))
                .compose(answer -> answer.write(request.response()))
                .onComplete(done -> vertx.cancelTimer(timer));
    }

    private Answer answer(Turn turn, TurnEvent last) {
        var messages = StrictJson.parse(Buffer.buffer(last.data().text())).path("messages");
        var headers = new HashMap<>(Answer.JSON);
        if (started.isRepeated()) headers.put("Idempotency-Replayed", "true");
        return new Answer(200, headers, JsonForm.write(new Body(turn, new Json(messages.toString()))));
    }

    private static final class Waiting implements TurnFollower.Reader {
        private final Promise<TurnEvent> last = Promise.promise();

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void take(TurnEvent event) {
            if (event.type().isLast()) last.tryComplete(event);
        }

        @Override
        public void end(@Nullable Throwable failure) {
            if (failure != null) last.tryFail(failure);
            else last.tryFail(Problem.unavailable());
        }
    }
}
