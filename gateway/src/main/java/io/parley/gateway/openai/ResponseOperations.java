package io.parley.gateway.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Responses;
import io.parley.contracts.assistant.Responses.Found;
import io.parley.contracts.assistant.Turn;
import io.parley.gateway.attachments.SentFiles;
import io.parley.gateway.auth.EndedSessions;
import io.parley.gateway.openai.exchange.Exchange;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.gateway.openai.exchange.OpenAiIds;
import io.parley.gateway.openai.items.ItemList;
import io.parley.gateway.openai.items.ItemWriter;
import io.parley.gateway.streams.AwaitedOutcome;
import io.parley.gateway.streams.StreamSession;
import io.parley.gateway.streams.TurnFeed;
import io.parley.kernel.Bus;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Responses that are stored: found, followed, cancelled, deleted. */
final class ResponseOperations {
    private static final List<Scope> READ = List.of(Scope.CONVERSATIONS_READ);
    private static final List<Scope> WRITE = List.of(Scope.CONVERSATIONS_WRITE);
    private static final List<Scope> CHAT = List.of(Scope.CHAT);
    private static final String WHAT = "response";

    /** How often to ask for an outcome that may have been published without reaching this node. */
    private static final long CHECK_MILLIS = 2_000;

    private final Vertx vertx;
    private final Bus bus;
    private final TurnFeed feed;
    private final EndedSessions endedSessions;
    private final SentFiles files;

    ResponseOperations(Vertx vertx, TurnFeed feed, EndedSessions endedSessions, SentFiles files) {
        this.vertx = vertx;
        this.bus = feed.bus();
        this.feed = feed;
        this.endedSessions = endedSessions;
        this.files = files;
    }

    void mount(OperationTable operations) {
        operations.on(HttpMethod.POST, "responses", CHAT, new NewResponses(vertx, feed, endedSessions, files)::create);
        operations.on(HttpMethod.GET, "responses/*", READ, this::find);
        operations.on(HttpMethod.DELETE, "responses/*", WRITE, this::delete);
        operations.on(HttpMethod.POST, "responses/*/cancel", CHAT, this::cancel);
        operations.on(HttpMethod.GET, "responses/*/input_items", READ, this::inputItems);
    }

    private static UUID id(Exchange exchange) {
        return exchange.id(OpenAiIds.RESPONSE, WHAT);
    }

    private Future<Found> found(Exchange exchange) {
        return bus.ask(Responses.FIND, new Responses.Find(exchange.caller(), id(exchange)));
    }

    private Future<Void> find(Exchange exchange) {
        boolean isStream = exchange.flag("stream");
        int after = exchange.number("starting_after", 0, Integer.MAX_VALUE / 2, -1);
        return found(exchange).compose(found -> isStream ? resume(exchange, found, after) : answer(exchange, found));
    }

    private static Future<Void> answer(Exchange exchange, Found found) {
        return exchange.answer(ResponseBody.of(found.turn(), found.kept(), found.messages()));
    }

    // The events of a turn are kept for a day.
    private Future<Void> resume(Exchange exchange, Found found, int after) {
        var turn = found.turn();
        return bus.ask(Chat.EVENTS, new Chat.ListEvents(exchange.caller(), turn.id(), 0))
                .compose(kept -> {
                    if (kept.isOver() && kept.events().isEmpty())
                        throw new OpenAiError(
                                410, "events_expired", "stream", "The events of this response are not kept any more.");
                    return new ResponseStream(exchange, turn, found.kept(), after, () -> found(exchange))
                            .follow(vertx, feed, new StreamSession(exchange.identity(), endedSessions), exchange, turn);
                });
    }

    private Future<Void> delete(Exchange exchange) {
        return bus.ask(Responses.DELETE, new Responses.Delete(exchange.caller(), id(exchange)))
                .compose(deleted -> exchange.answer(JsonNodeFactory.instance
                        .objectNode()
                        .put("id", exchange.path().get(0))
                        .put("object", "response.deleted")
                        .put("deleted", true)));
    }

    private Future<Void> cancel(Exchange exchange) {
        return found(exchange)
                .compose(found -> found.turn().status() == Turn.Status.RUNNING
                        ? stop(exchange).compose(stopped -> found(exchange))
                        : Future.succeededFuture(found))
                .compose(found -> answer(exchange, found));
    }

    private Future<?> stop(Exchange exchange) {
        return bus.ask(Chat.STOP, new Chat.Stop(exchange.caller(), id(exchange)))
                .compose(stopping -> exchange.waitFor(ended(exchange, id(exchange))));
    }

    private Future<?> ended(Exchange exchange, UUID id) {
        var awaited = new AwaitedOutcome(feed, exchange.caller(), id);
        var timer = vertx.setPeriodic(CHECK_MILLIS, tick -> awaited.check());
        exchange.http().response().closeHandler(closed -> awaited.close());
        awaited.open();
        awaited.check();
        return awaited.outcome().onComplete(done -> vertx.cancelTimer(timer));
    }

    private Future<Void> inputItems(Exchange exchange) {
        int limit = exchange.limit();
        boolean isDescending = exchange.isDescending();
        var after = exchange.query("after");
        return bus.ask(Responses.INPUT, new Responses.Find(exchange.caller(), id(exchange)))
                .compose(input -> {
                    var items = new ArrayList<>(ItemWriter.items(input.messages()));
                    if (isDescending) Collections.reverse(items);
                    return exchange.answer(ItemList.page(items, after, limit, false));
                });
    }
}
