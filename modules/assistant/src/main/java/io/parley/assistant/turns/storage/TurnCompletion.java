package io.parley.assistant.turns.storage;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.assistant.TurnOutcome;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.limits.Quotas.SpendTokens;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.async.Retry;
import io.parley.kernel.async.RetryPolicy;
import io.parley.storage.keys.UserKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the end of a turn and publishes it. The last event is stored in the same statement: if a node died between the
 * two, everyone who follows the turn would wait for ever.
 */
public final class TurnCompletion implements TurnEnding {
    private static final Logger log = LoggerFactory.getLogger(TurnCompletion.class);

    private static final RetryPolicy UNTIL_STORED = RetryPolicy.attempts(60).delayed(Duration.ofSeconds(1));

    private record Result(Optional<TurnStore.Finished> finished, int attempts) {}

    private final Vertx vertx;
    private final Bus bus;
    private final TurnStore store;
    private final UserKeys keys;

    public TurnCompletion(Vertx vertx, Bus bus, TurnStore store, UserKeys keys) {
        this.vertx = vertx;
        this.bus = bus;
        this.store = store;
        this.keys = keys;
    }

    /** Fails if another node has ended the turn, or if the database stays away: then another node will end it. */
    @Override
    public Future<Void> end(Turn turn, TurnEnd end) {
        return currentLeaf(turn).compose(leaf -> store(TurnKey.of(turn), end.at(leaf)));
    }

    private Future<@Nullable UUID> currentLeaf(Turn turn) {
        var owner = new Caller(turn.userId(), Caller.Role.USER);
        return bus.ask(Conversations.FIND, new Conversations.Find(owner, turn.conversationId()))
                .compose(conversation -> conversation.encrypted()
                        ? keys.require(turn.userId()).map(conversation)
                        : Future.succeededFuture(conversation))
                .map(Conversation::currentLeaf)
                .otherwiseEmpty();
    }

    private Future<Void> store(TurnKey turn, TurnEnd end) {
        return Retry.run(
                        vertx,
                        UNTIL_STORED,
                        attempt -> store.finish(turn, end).map(finished -> new Result(finished, attempt)))
                .compose(result -> publish(turn, end, result));
    }

    // If the answer to an earlier attempt was lost, that attempt most likely ended the turn. A request that waits
    // for the turn polls for its end.
    private Future<Void> publish(TurnKey turn, TurnEnd end, Result result) {
        result.finished().ifPresent(finished -> publish(end, finished));
        return result.finished().isPresent() || result.attempts() > 1
                ? Future.succeededFuture()
                : Future.failedFuture("turn " + turn.id() + " was ended by another node");
    }

    private void publish(TurnEnd end, TurnStore.Finished finished) {
        var turn = finished.turn();
        bus.publish(Chat.HAPPENED, new TurnEvent(turn.id(), finished.lastEvent(), end.type(), end.data()));
        bus.publish(Chat.ENDED, new TurnOutcome(turn, end.result().messages()));
        spend(bus, turn, end.result().usage());
    }

    static void spend(Bus bus, Turn turn, @Nullable Usage usage) {
        if (usage == null) return;
        bus.ask(Quotas.SPEND_TOKENS, new SpendTokens(turn.userId(), turn.model(), tokens(usage)))
                .onFailure(failure -> log.warn("Tokens of a turn not counted: {}", failure.getMessage()));
    }

    // Overhead is what titles and summaries took; cached and reasoning tokens are among the others.
    private static int tokens(Usage usage) {
        long tokens = (long) usage.promptTokens() + usage.completionTokens() + usage.overheadTokens();
        return (int) Math.min(Integer.MAX_VALUE, tokens);
    }
}
