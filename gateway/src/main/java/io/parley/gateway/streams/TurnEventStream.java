package io.parley.gateway.streams;

import io.parley.contracts.assistant.TurnEvent;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.MediaTypes;
import io.parley.gateway.http.StreamedAnswer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The events of a turn, as server-sent events. A client that does not read costs no more than the buffer of its connection,
 * and is disconnected after a while. The turn goes on, and the client can resume after any event.
 *
 * @param after the number of the last event that the client already has
 * @param format how the events are written
 */
public record TurnEventStream(Vertx vertx, TurnFeed feed, StreamSession session, UUID turnId, int after, Format format)
        implements StreamedAnswer {
    /** Makes of events what the clients of a door understand. */
    public interface Format {
        TurnFollower.Reader reader(SseWriter writer);

        /** Beside those of every event stream. */
        default Map<String, String> headers() {
            return Map.of();
        }
    }

    /** The events as they are. */
    public TurnEventStream(Vertx vertx, TurnFeed feed, StreamSession session, UUID turnId, int after) {
        this(vertx, feed, session, turnId, after, Reader::new);
    }

    /** How often to send a comment, and to look for events that were published without reaching this node. */
    private static final long KEEP_ALIVE_MILLIS = 5_000;

    @Override
    public String type() {
        return MediaTypes.EVENT_STREAM;
    }

    @Override
    public Future<Void> send(HttpServerRequest request, ConnectionDeadlines deadlines) {
        var writer = new SseWriter(request, deadlines);
        var follower = new TurnFollower(feed, session.caller(), turnId, after, format.reader(writer));
        format.headers().forEach(request.response()::putHeader);
        request.response().drainHandler(drained -> follower.catchUp());
        var timer = vertx.setPeriodic(KEEP_ALIVE_MILLIS, tick -> {
            if (session.isOver()) follower.close();
            writer.keepAlive();
            follower.catchUp();
        });
        request.response().exceptionHandler(broken -> follower.close()).closeHandler(closed -> follower.close());
        follower.open();
        return writer.done().onComplete(done -> vertx.cancelTimer(timer));
    }

    private record Reader(SseWriter writer) implements EventStreamReader {
        @Override
        public void take(TurnEvent event) {
            writer.event(
                    String.valueOf(event.number()),
                    event.type().text(),
                    event.data().text());
        }

        @Override
        public void end(@Nullable Throwable failure) {
            writer.end(failure);
        }
    }
}
