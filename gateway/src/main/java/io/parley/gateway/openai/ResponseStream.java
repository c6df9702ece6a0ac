package io.parley.gateway.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.assistant.Responses.Found;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.gateway.openai.exchange.Exchange;
import io.parley.gateway.streams.EventStreamReader;
import io.parley.gateway.streams.SseWriter;
import io.parley.gateway.streams.StreamSession;
import io.parley.gateway.streams.TurnFeed;
import io.parley.gateway.streams.TurnFollower;
import io.parley.kernel.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A response as server-sent events. A client that has gone, or does not read, costs nothing but the buffer of its connection; a response
 * that is stored goes on without it.
 */
final class ResponseStream implements EventStreamReader {
    /** How often to send a comment, and to look for events that were published without reaching this node. */
    private static final long KEEP_ALIVE_MILLIS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(ResponseStream.class);

    private final SseWriter writer;
    private final ResponseEvents events;
    private final int after;
    private final Supplier<Future<Found>> whole;
    private final @Nullable Json request;
    private final Turn turn;
    private boolean hasBegun;
    private boolean hasEnded;

    /**
     * @param turn as it is at its beginning
     * @param after the number of the last event that the client has; −1 for none
     * @param whole the turn after its end
     */
    ResponseStream(Exchange exchange, Turn turn, @Nullable Json request, int after, Supplier<Future<Found>> whole) {
        this.writer = new SseWriter(exchange.http(), exchange.deadlines());
        this.request = request;
        this.after = after;
        this.whole = whole;
        this.turn = turn;
        this.events = new ResponseEvents(
                turn.id(), ResponseBody.of(as(turn, Turn.Status.RUNNING, null), request, List.of()), this::write);
    }

    /** The turn with another status. */
    private static Turn as(Turn turn, Turn.Status status, @Nullable String error) {
        return new Turn(
                turn.id(),
                turn.conversationId(),
                turn.userId(),
                turn.userMessageId(),
                status,
                turn.provider(),
                turn.model(),
                null,
                null,
                error,
                null,
                turn.startedAt(),
                null);
    }

    /** Of a turn that is stored. */
    Future<Void> follow(Vertx vertx, TurnFeed feed, StreamSession session, Exchange exchange, Turn turn) {
        var follower = new TurnFollower(feed, session.caller(), turn.id(), 0, this);
        follower.open();
        return follow(vertx, session, exchange, follower, () -> {});
    }

    /**
     * @param onGone called if the client goes before the end
     */
    Future<Void> follow(Vertx vertx, StreamSession session, Exchange exchange, TurnFollower follower, Runnable onGone) {
        var response = exchange.http().response();
        response.drainHandler(drained -> follower.catchUp());
        var timer = vertx.setPeriodic(KEEP_ALIVE_MILLIS, tick -> {
            if (session.isOver()) follower.close();
            writer.keepAlive();
            follower.catchUp();
        });
        response.exceptionHandler(broken -> follower.close()).closeHandler(closed -> {
            if (!hasEnded) onGone.run();
            follower.close();
        });
        return writer.done().onComplete(done -> vertx.cancelTimer(timer));
    }

    @Override
    public SseWriter writer() {
        return writer;
    }

    @Override
    public void take(TurnEvent event) {
        events.read(event);
        hasBegun = true;
        hasEnded = event.type().isLast();
    }

    @Override
    public void end(@Nullable Throwable failure) {
        if (failure != null) fail(failure);
        else if (hasEnded) whole.get().onSuccess(this::end).onFailure(this::fail);
        else writer.end(null);
    }

    // Libraries wait for one of the last events, and report a stream that breaks off as a fault of the network.
    private void fail(Throwable failure) {
        if (!hasBegun) {
            writer.end(failure);
            return;
        }
        log.warn("Stream of a response failed: {}", failure.getMessage());
        var failed = as(turn, Turn.Status.FAILED, "The rest of the response cannot be read now.");
        end(new Found(failed, request, List.of()));
    }

    private void end(Found found) {
        var turn = found.turn();
        events.end(turn, ResponseBody.of(turn, request, found.messages()));
        writer.data("[DONE]");
        writer.end(null);
    }

    private void write(ObjectNode event) {
        if (event.path("sequence_number").asInt() > after)
            writer.event(null, event.path("type").asText(), event.toString());
    }
}
