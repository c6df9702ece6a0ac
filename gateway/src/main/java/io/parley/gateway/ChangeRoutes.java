package io.parley.gateway;

import io.parley.contracts.changes.Place;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** HTTP for following what changes. */
final class ChangeRoutes {
    private final ChangeFeed feed;
    private final ChangeEvents events;
    private final EndedSessions ended;

    ChangeRoutes(ChangeFeed feed, EndedSessions ended) {
        this.feed = feed;
        this.events = new ChangeEvents(feed.bus());
        this.ended = ended;
    }

    void mount(Operations operations) {
        operations.on("followChanges", this::follow);
    }

    private Future<ChangeStream> follow(Request request) {
        return Future.succeededFuture(new ChangeStream(feed, events, request.visit(ended), place(request)));
    }

    private static @Nullable Place place(Request request) {
        return request.lastEventId().map(Place::parse).orElse(null);
    }
}
