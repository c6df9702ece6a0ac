package io.parley.gateway.routes;

import io.parley.contracts.changes.ChangePosition;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.streams.ChangeFeed;
import io.parley.gateway.streams.ChangeStream;
import io.parley.gateway.streams.StreamSession;
import io.parley.kernel.Problem;
import io.vertx.core.Future;

/** The stream of changes in the caller's data. */
final class ChangeRoutes {
    private final ChangeFeed feed;
    private final EndedSessions endedSessions;

    ChangeRoutes(ChangeFeed feed, EndedSessions endedSessions) {
        this.feed = feed;
        this.endedSessions = endedSessions;
    }

    void mount(Operations operations) {
        operations.on("followChanges", this::follow);
    }

    private Future<ChangeStream> follow(Request request) {
        var session = new StreamSession(request.identity(), endedSessions);
        var after = request.lastEventId().map(ChangeRoutes::position).orElse(null);
        return Future.succeededFuture(new ChangeStream(feed, session, after));
    }

    private static ChangePosition position(String eventId) {
        try {
            return ChangePosition.parse(eventId);
        } catch (Problem notAPosition) {
            throw Request.invalidLastEventId();
        }
    }
}
