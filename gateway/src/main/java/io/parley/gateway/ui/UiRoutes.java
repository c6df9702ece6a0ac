package io.parley.gateway.ui;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.conversations.Conversations;
import io.parley.gateway.attachments.SentFiles;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.http.Answer;
import io.parley.gateway.origin.PublicOrigin;
import io.parley.gateway.streams.StreamSession;
import io.parley.gateway.streams.TurnEventStream;
import io.parley.gateway.streams.TurnFeed;
import io.parley.kernel.Bus;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** What {@code useChat} and its {@code DefaultChatTransport} call. */
public final class UiRoutes {
    private final Vertx vertx;
    private final Bus bus;
    private final TurnFeed feed;
    private final EndedSessions endedSessions;
    private final UiTurns turns;
    private final UiHistory history;
    private final PublicOrigin origin;

    /**
     * @param files stores those that clients send
     * @param origin what the URLs of files begin with
     */
    public UiRoutes(Vertx vertx, TurnFeed feed, EndedSessions endedSessions, SentFiles files, PublicOrigin origin) {
        this.vertx = vertx;
        this.bus = feed.bus();
        this.feed = feed;
        this.endedSessions = endedSessions;
        this.turns = new UiTurns(bus, files);
        this.history = new UiHistory(bus);
        this.origin = origin;
    }

    public void mount(Operations operations) {
        operations.on("uiChat", this::chat);
        operations.on("resumeUiChat", this::resume);
        operations.on("listUiMessages", this::list);
    }

    private Future<? extends Record> chat(Request request) {
        var asked = UiRequest.of(request.caller(), request.body(UiRequest.Body.class));
        return turns.answer(request, asked).map(turn -> stream(request, turn));
    }

    private Future<? extends Record> resume(Request request) {
        var id = request.pathId("id");
        var first = new PageRequest(null, 1, Order.DESC);
        return bus.ask(Conversations.FIND, new Conversations.Find(request.caller(), id))
                .compose(found -> bus.ask(
                        Chat.LIST, new Chat.ListMine(request.caller(), id, List.of(Turn.Status.RUNNING), first)))
                .map(running -> running.items().isEmpty()
                        ? Answer.empty(204)
                        : stream(request, running.items().get(0)));
    }

    private Record stream(Request request, Turn turn) {
        var session = new StreamSession(request.identity(), endedSessions);
        return new TurnEventStream(vertx, feed, session, turn.id(), 0, new UiStream(turn));
    }

    private Future<? extends Record> list(Request request) {
        return history.page(
                request.caller(),
                request.pathId("id"),
                request.query().pageRequest(Order.ASC),
                request.publicUrl(origin).orElse(""));
    }
}
