package io.parley.assistant.turns;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Consumer;

/** What a test has heard of an answer so far; a gate to wait at. */
public final class HeardEvents implements Consumer<String> {
    private final StringBuilder text = new StringBuilder();
    private String awaited = "";
    private Promise<Void> gate = Promise.promise();
    private int pieces;

    @Override
    public synchronized void accept(String piece) {
        pieces++;
        text.append(piece);
        if (text.toString().equals(awaited)) gate.tryComplete();
    }

    /** Opens when this, and nothing more, has been heard. */
    public synchronized Future<Void> exactly(String whole) {
        awaited = whole;
        gate = Promise.promise();
        if (text.toString().equals(awaited)) gate.complete();
        return gate.future();
    }

    public synchronized String text() {
        return text.toString();
    }

    public synchronized int pieces() {
        return pieces;
    }
}
