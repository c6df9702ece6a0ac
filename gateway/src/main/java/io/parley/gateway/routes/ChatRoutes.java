package io.parley.gateway.routes;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.messages.MessagePart;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.MediaTypes;
import io.parley.gateway.limits.TurnLimit;
import io.parley.gateway.streams.StreamSession;
import io.parley.gateway.streams.TurnAnswer;
import io.parley.gateway.streams.TurnEventStream;
import io.parley.gateway.streams.TurnFeed;
import io.parley.kernel.Bus;
import io.parley.kernel.Page;
import io.parley.kernel.Patch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Chat: answers as one JSON document, or as a stream of events while the answer is generated. */
final class ChatRoutes {
    private final Vertx vertx;
    private final Bus bus;
    private final TurnLimit limit;
    private final TurnFeed feed;
    private final EndedSessions endedSessions;

    private record ChatMessage(
            @Nullable String content,
            @Nullable List<MessagePart> parts,
            @Nullable String provider,
            @Nullable String model,
            @Nullable String instructions,
            @Nullable String timeZone,
            Patch<UUID> parentId) {}

    private record Regeneration(
            @Nullable String provider,
            @Nullable String model,
            @Nullable String instructions,
            @Nullable String timeZone) {}

    ChatRoutes(Vertx vertx, TurnFeed feed, EndedSessions endedSessions) {
        this.vertx = vertx;
        this.bus = feed.bus();
        this.limit = new TurnLimit(feed.bus());
        this.feed = feed;
        this.endedSessions = endedSessions;
    }

    void mount(Operations operations) {
        operations.on("chat", this::chat);
        operations.on("regenerateTurn", this::regenerate);
        operations.on("findTurn", request -> bus.ask(Chat.FIND, new Chat.Find(request.caller(), request.pathId("id"))));
        operations.on("listTurns", this::list);
        operations.on("followTurn", this::follow);
        operations.on("stopTurn", request -> bus.ask(Chat.STOP, new Chat.Stop(request.caller(), request.pathId("id"))));
        operations.on("listModels", request -> bus.ask(Chat.MODELS, new Chat.ListModels(request.caller())));
    }

    private Future<Page<Turn>> list(Request request) {
        var query = request.query();
        return bus.ask(
                Chat.LIST,
                new Chat.ListMine(
                        request.caller(),
                        query.uuid("conversation_id"),
                        query.choices("status", Turn.Status.class),
                        query.pageRequest()));
    }

    private Future<? extends Record> chat(Request request) {
        var message = request.body(ChatMessage.class);
        return limit.start(
                        request,
                        () -> bus.ask(
                                Chat.START,
                                new Chat.Start(
                                        request.caller(),
                                        request.newId(),
                                        request.pathId("id"),
                                        message.content() == null ? "" : message.content(),
                                        message.parts(),
                                        message.provider(),
                                        message.model(),
                                        message.instructions(),
                                        message.timeZone(),
                                        message.parentId(),
                                        null)))
                .map(started -> answer(request, started));
    }

    private Future<? extends Record> regenerate(Request request) {
        var choice = request.hasBody() ? request.body(Regeneration.class) : new Regeneration(null, null, null, null);
        return limit.start(
                        request,
                        () -> bus.ask(
                                Chat.REGENERATE,
                                new Chat.Regenerate(
                                        request.caller(),
                                        request.pathId("id"),
                                        request.newId(),
                                        choice.provider(),
                                        choice.model(),
                                        choice.instructions(),
                                        choice.timeZone())))
                .map(started -> answer(request, started));
    }

    private Record answer(Request request, Chat.Started started) {
        return request.accepts(MediaTypes.EVENT_STREAM)
                ? new TurnEventStream(
                        vertx, feed, session(request), started.turn().id(), 0)
                : new TurnAnswer(vertx, feed, request.caller(), started);
    }

    // The turn is looked up first, because a stream that has begun could not answer 403 or 404.
    private Future<? extends Record> follow(Request request) {
        int after = request.lastEventId().map(ChatRoutes::number).orElse(0);
        return bus.ask(Chat.FIND, new Chat.Find(request.caller(), request.pathId("id")))
                .map(turn -> new TurnEventStream(vertx, feed, session(request), turn.id(), after));
    }

    private StreamSession session(Request request) {
        return new StreamSession(request.identity(), endedSessions);
    }

    private static int number(String eventId) {
        if (!eventId.matches("[0-9]{1,9}")) throw Request.invalidLastEventId();
        return Integer.parseInt(eventId);
    }
}
