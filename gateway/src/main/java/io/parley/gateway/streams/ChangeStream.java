package io.parley.gateway.streams;

import io.parley.contracts.changes.ChangePosition;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.http.StreamedAnswer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What changes in a user's data, as server-sent events.
 *
 * @param after the place that the client has reached; null for now
 */
public record ChangeStream(
        ChangeFeed feed,
        ChangeEvents events,
        StreamSession visit,
        @Nullable ChangePosition after) implements StreamedAnswer {

    @Override
    public String type() {
        return SseWriter.TYPE;
    }

    @Override
    public Future<Void> send(HttpServerRequest request, ConnectionDeadlines deadlines) {
        var writer = new SseWriter(request, deadlines);
        var follower = new ChangeFollower(feed, events, visit, writer, after);
        request.response().drainHandler(drained -> follower.resume());
        request.response().exceptionHandler(broken -> follower.close()).closeHandler(closed -> follower.close());
        follower.open();
        return writer.done();
    }
}
