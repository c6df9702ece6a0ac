package io.parley.assistant.models.openai;

import io.parley.assistant.models.ReplyListener;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** The text that a test has received so far, with a way to wait for more. */
public final class HeardText implements ReplyListener {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private String awaited = "";
    private Promise<Void> gate = Promise.promise();
    private int pieces;

    @Override
    public synchronized void onText(String piece) {
        pieces++;
        text.append(piece);
        if (text.toString().equals(awaited)) gate.tryComplete();
    }

    /** Succeeds when exactly this text has been received. */
    public synchronized Future<Void> exactly(String whole) {
        awaited = whole;
        gate = Promise.promise();
        if (text.toString().equals(awaited)) gate.complete();
        return gate.future();
    }

    @Override
    public synchronized void onReasoning(String piece) {
        reasoning.append(piece);
    }

    public synchronized String reasoning() {
        return reasoning.toString();
    }

    public synchronized String text() {
        return text.toString();
    }

    public synchronized int pieces() {
        return pieces;
    }
}
