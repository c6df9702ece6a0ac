package io.parley.gateway.streams;

import io.parley.contracts.assistant.TurnEvent;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.StreamedAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a turn, as server-sent events. A client that reads nothing costs what the connection buffers and is
 * cut off; the turn goes on, and the events can be had again from any place on.
 *
 * @param after the number of the last event that the client has
 */
public record TurnEventStream(Vertx vertx, TurnFeed feed, StreamSession visit, UUID turnId, int after)
        implements StreamedAnswer {
    /** Lost notices are made up for as well. */
    private static final long QUIET_MILLIS = 5_000;

    @Override
    public String type() {
        return SseWriter.TYPE;
    }

    @Override
    public Future<Void> send(HttpServerRequest request, ConnectionDeadlines deadlines) {
        var writer = new SseWriter(request, deadlines);
        var follower = new TurnFollower(feed, visit.caller(), turnId, after, new Reader(writer));
        request.response().drainHandler(drained -> follower.resume());
        var timer = vertx.setPeriodic(QUIET_MILLIS, tick -> {
            if (visit.isOver()) follower.close();
            writer.keepAlive();
            follower.catchUp();
        });
        request.response().exceptionHandler(broken -> follower.close()).closeHandler(closed -> follower.close());
        follower.open();
        return writer.done().onComplete(done -> vertx.cancelTimer(timer));
    }

    private record Reader(SseWriter writer) implements TurnFollower.Reader {
        @Override
        public boolean isReady() {
            return writer.isReady();
        }

        @Override
        public void take(TurnEvent event) {
            writer.event(
                    String.valueOf(event.number()),
                    event.type().text(),
                    event.data().text());
        }

        @Override
        public void await() {
            writer.begin();
        }

        @Override
        public void end(@Nullable Throwable failure) {
            writer.end(failure);
        }
    }
}
