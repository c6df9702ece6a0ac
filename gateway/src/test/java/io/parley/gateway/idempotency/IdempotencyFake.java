package io.parley.gateway.idempotency;

import io.parley.contracts.idempotency.Idempotency;
import io.parley.contracts.idempotency.Idempotency.Attempt;
import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.Begun;
import io.parley.contracts.idempotency.Idempotency.Finish;
import io.parley.contracts.idempotency.Idempotency.Release;
import io.parley.gateway.Callers;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.vertx.core.Future;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Says of every request what it was told to, then that it may begin; remembers what it was asked. */
public final class IdempotencyFake {
    static final UUID RESOURCE_ID = UUID.fromString("019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b77");
    static final Attempt FIRST = new Attempt(Callers.ADAS_ID, "k", 1, RESOURCE_ID);
    static final Begun UNDER_WAY = new Begun(null, null);

    final Deque<Begin> begun = new ConcurrentLinkedDeque<>();
    public final Deque<Finish> finished = new ConcurrentLinkedDeque<>();
    final Deque<Release> released = new ConcurrentLinkedDeque<>();
    private final Queue<Future<Begun>> replies = new ConcurrentLinkedDeque<>();
    private volatile Future<None> kept = Future.succeededFuture(None.NONE);

    public IdempotencyFake(Bus bus) {
        TestGateway.done(bus.answer(Idempotency.BEGIN, this::begin));
        TestGateway.done(bus.answer(Idempotency.FINISH, finish -> {
            finished.add(finish);
            return kept;
        }));
        TestGateway.done(bus.answer(Idempotency.RELEASE, release -> {
            released.add(release);
            return Future.succeededFuture(None.NONE);
        }));
    }

    /** Forgets everything that it was asked and told. */
    public void reset() {
        for (var memory : List.of(begun, finished, released, replies)) memory.clear();
        kept = Future.succeededFuture(None.NONE);
    }

    public void next(Future<Begun> reply) {
        replies.add(reply);
    }

    public void keep(Future<None> outcome) {
        kept = outcome;
    }

    private Future<Begun> begin(Begin begin) {
        begun.add(begin);
        var told = replies.poll();
        return told == null ? Future.succeededFuture(new Begun(FIRST, null)) : told;
    }
}
