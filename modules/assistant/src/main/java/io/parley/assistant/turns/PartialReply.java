package io.parley.assistant.turns;

import io.parley.assistant.models.ReplyListener;
import io.parley.assistant.turns.storage.TurnEventWriter;

/** The reply that a model is giving, as far as it has come: published piece by piece, and kept if the rest does not come. */
final class PartialReply implements ReplyListener {
    private final TurnEventWriter events;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();

    PartialReply(TurnEventWriter events) {
        this.events = events;
    }

    @Override
    public void onText(String piece) {
        text.append(piece);
        events.text(piece);
    }

    @Override
    public void onReasoning(String piece) {
        reasoning.append(piece);
        events.reasoning(piece);
    }

    String text() {
        return text.toString();
    }

    String reasoning() {
        return reasoning.toString();
    }

    void clear() {
        text.setLength(0);
        reasoning.setLength(0);
    }
}
