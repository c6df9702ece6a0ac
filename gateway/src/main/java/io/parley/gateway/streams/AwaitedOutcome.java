package io.parley.gateway.streams;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.TurnOutcome;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.UUID;

/** Waits for the outcome of one turn. */
public final class AwaitedOutcome {
    private final TurnFeed feed;
    private final Caller caller;
    private final UUID turnId;
    private final Promise<TurnOutcome> outcome = Promise.promise();

    public AwaitedOutcome(TurnFeed feed, Caller caller, UUID turnId) {
        this.feed = feed;
        this.caller = caller;
        this.turnId = turnId;
    }

    UUID turnId() {
        return turnId;
    }

    /** Fails unavailable after {@link #close}. */
    public Future<TurnOutcome> outcome() {
        return outcome.future();
    }

    public void open() {
        feed.add(this);
    }

    /** Asks whether the turn has ended, in case its outcome was published without reaching this node. */
    public void check() {
        feed.bus()
                .ask(Chat.OUTCOME, new Chat.FindOutcome(caller, turnId))
                .onSuccess(found -> {
                    if (found.outcome() != null) complete(found.outcome());
                })
                .onFailure(this::fail);
    }

    void complete(TurnOutcome ended) {
        feed.remove(this);
        outcome.tryComplete(ended);
    }

    public void close() {
        fail(Problem.unavailable());
    }

    private void fail(Throwable failure) {
        feed.remove(this);
        outcome.tryFail(failure);
    }
}
