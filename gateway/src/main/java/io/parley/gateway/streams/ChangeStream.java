package io.parley.gateway.streams;

import io.parley.contracts.changes.ChangePosition;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.MediaTypes;
import io.parley.gateway.http.StreamedAnswer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * The changes in a user's data, as server-sent events.
 *
 * @param after the position that the client has reached; null starts with the changes from now on
 */
public record ChangeStream(
        ChangeFeed feed, StreamSession session, @Nullable ChangePosition after) implements StreamedAnswer {
    @Override
    public String type() {
        return MediaTypes.EVENT_STREAM;
    }

    @Override
    public Future<Void> send(HttpServerRequest request, ConnectionDeadlines deadlines) {
        var writer = new SseWriter(request, deadlines);
        var follower = new ChangeFollower(feed, session, writer, after);
        request.response().drainHandler(drained -> follower.resume());
        request.response().exceptionHandler(broken -> follower.close()).closeHandler(closed -> follower.close());
        follower.open();
        return writer.done();
    }
}
