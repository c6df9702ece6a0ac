package io.parley.gateway.idempotency;

import io.parley.contracts.idempotency.Idempotency;
import io.parley.contracts.idempotency.Idempotency.Attempt;
import io.parley.contracts.idempotency.Idempotency.Begin;
import io.parley.contracts.idempotency.Idempotency.Begun;
import io.parley.contracts.idempotency.Idempotency.Finish;
import io.parley.contracts.idempotency.Idempotency.Release;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Bus;
import io.parley.kernel.None;
import io.vertx.core.Future;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Replies to each request as prepared, then that an attempt may begin; keeps what it received. */
public final class IdempotencyFake {
    static final UUID RESOURCE_ID = UUID.fromString("019ab1f2-6f4c-7c3a-9a55-0d6c1f6f2b77");
    static final Attempt FIRST = new Attempt(Fixtures.ADAS_ID, "k", 1, RESOURCE_ID);
    static final Begun STILL_RUNNING = new Begun(null, null);

    final Deque<Begin> begun = new ConcurrentLinkedDeque<>();
    public final Deque<Finish> finished = new ConcurrentLinkedDeque<>();
    final Deque<Release> released = new ConcurrentLinkedDeque<>();

    private final Queue<Future<Begun>> prepared = new ConcurrentLinkedDeque<>();
    private volatile Future<None> finishReply = Future.succeededFuture(None.NONE);

    public IdempotencyFake(Bus bus) {
        TestGateway.await(bus.answer(Idempotency.BEGIN, this::begin));
        TestGateway.await(bus.answer(Idempotency.FINISH, finish -> {
            finished.add(finish);
            return finishReply;
        }));
        TestGateway.await(bus.answer(Idempotency.RELEASE, release -> {
            released.add(release);
            return Future.succeededFuture(None.NONE);
        }));
    }

    /** Forgets what it received and what was prepared. */
    public void reset() {
        for (var queue : List.of(begun, finished, released, prepared)) queue.clear();
        finishReply = Future.succeededFuture(None.NONE);
    }

    public void replyNext(Future<Begun> reply) {
        prepared.add(reply);
    }

    public void replyToFinish(Future<None> reply) {
        finishReply = reply;
    }

    private Future<Begun> begin(Begin begin) {
        begun.add(begin);
        var reply = prepared.poll();
        return reply == null ? Future.succeededFuture(new Begun(FIRST, null)) : reply;
    }
}
