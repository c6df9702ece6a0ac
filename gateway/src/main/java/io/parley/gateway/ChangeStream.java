package io.parley.gateway;

import io.parley.contracts.changes.Place;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What changes in a user's data, as server-sent events.
 *
 * @param after the place that the client has reached; null for now
 */
record ChangeStream(
        ChangeFeed feed,
        ChangeEvents events,
        Visit visit,
        @Nullable Place after) implements Streamed {

    @Override
    public String type() {
        return EventWriter.TYPE;
    }

    @Override
    public Future<Void> send(HttpServerRequest request, Deadlines deadlines) {
        var writer = new EventWriter(request, deadlines);
        var follower = new ChangeFollower(feed, events, visit, writer, after);
        request.response().drainHandler(drained -> follower.resume());
        request.response().exceptionHandler(broken -> follower.close()).closeHandler(closed -> follower.close());
        follower.open();
        return writer.done();
    }
}
