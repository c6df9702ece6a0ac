package io.parley.gateway.routes;

import io.parley.contracts.changes.ChangePosition;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.streams.ChangeEvents;
import io.parley.gateway.streams.ChangeFeed;
import io.parley.gateway.streams.ChangeStream;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** HTTP for following what changes. */
public final class ChangeRoutes {
    private final ChangeFeed feed;
    private final ChangeEvents events;
    private final EndedSessions ended;

    public ChangeRoutes(ChangeFeed feed, EndedSessions ended) {
        this.feed = feed;
        this.events = new ChangeEvents(feed.bus());
        this.ended = ended;
    }

    public void mount(Operations operations) {
        operations.on("followChanges", this::follow);
    }

    private Future<ChangeStream> follow(Request request) {
        return Future.succeededFuture(new ChangeStream(feed, events, request.visit(ended), place(request)));
    }

    private static @Nullable ChangePosition place(Request request) {
        return request.lastEventId().map(ChangePosition::parse).orElse(null);
    }
}
