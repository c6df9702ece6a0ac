package io.parley.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Identity;
import io.parley.gateway.http.ConnectionDeadlines;
import io.parley.gateway.streams.ChangeFeed;
import io.parley.gateway.streams.SseWriter;
import io.parley.gateway.streams.StreamSession;
import io.parley.kernel.Caller;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/** Requests that are answered with a stream of what changes (MCP 2026-07-28, subscriptions). */
final class Subscriptions {
    static final String METHOD = "subscriptions/listen";

    private final ChangeFeed feed;
    private final EndedSessions endedSessions;

    Subscriptions(ChangeFeed feed, EndedSessions endedSessions) {
        this.feed = feed;
        this.endedSessions = endedSessions;
    }

    /** Fails with an {@link McpError}, or with a 403, if it cannot be answered. */
    SubscriptionFilter read(HttpServerRequest http, Caller caller, Envelope envelope) {
        MediaRules.checkTakesEvents(http);
        return SubscriptionFilter.read(caller, envelope.params());
    }

    /** Completes when the stream has ended; fails only if nothing was written. */
    Future<Void> open(
            HttpServerRequest http,
            ConnectionDeadlines deadlines,
            Identity identity,
            JsonNode id,
            SubscriptionFilter filter) {
        var writer = new SseWriter(http, deadlines);
        var subscription = new Subscription(
                feed, new StreamSession(identity, endedSessions), writer, new SubscriptionFrames(id), filter);
        http.response()
                .exceptionHandler(broken -> subscription.abandon())
                .closeHandler(closed -> subscription.abandon());
        subscription.open();
        return writer.done();
    }
}
