package io.parley.assistant.models.openai.reply;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.assistant.models.ModelFailure;
import io.parley.assistant.models.ReplyListener;
import io.parley.contracts.Limits;
import org.jspecify.annotations.Nullable;

/** The text and the reasoning of an answer so far, which are passed on piece by piece. */
final class SpokenText {
    private final ReplyListener listener;
    private final StorableText texts = new StorableText();
    private final StorableText reasonings = new StorableText();
    private final ThinkTags tags = new ThinkTags(this::appendText, this::appendReasoning);
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private int textCharacters;
    private int reasoningCharacters;
    private int bytes;

    SpokenText(ReplyListener listener) {
        this.listener = listener;
    }

    /** Fails with a {@link ModelFailure} if the text is longer than a message may be; its beginning is passed on. */
    void addText(String piece) {
        bytes += piece.getBytes(UTF_8).length;
        tags.add(texts.next(piece));
    }

    void addReasoning(String piece) {
        bytes += piece.getBytes(UTF_8).length;
        appendReasoning(reasonings.next(piece));
    }

    private void appendText(String piece) {
        var kept = StorableText.cut(piece, Limits.CONTENT - textCharacters);
        textCharacters += kept.codePointCount(0, kept.length());
        text.append(kept);
        if (!kept.isEmpty()) listener.onText(kept);
        if (kept.length() < piece.length()) throw new ModelFailure(ModelFailure.Kind.TOO_LARGE);
    }

    // Reasoning is kept as far as it can be stored: a long one is no reason to lose the answer.
    private void appendReasoning(String piece) {
        var kept = StorableText.cut(piece, Limits.CONTENT - reasoningCharacters);
        if (kept.isEmpty()) return;
        reasoningCharacters += kept.codePointCount(0, kept.length());
        reasoning.append(kept);
        listener.onReasoning(kept);
    }

    /** Passes on what was held because more could have followed. */
    void end() {
        appendReasoning(reasonings.rest());
        tags.add(texts.rest());
        tags.end();
    }

    boolean isEmpty() {
        return text.isEmpty() && reasoning.isEmpty();
    }

    int bytes() {
        return bytes;
    }

    boolean hasThinkTags() {
        return tags.wasFound();
    }

    String text() {
        return text.toString();
    }

    /** Null if there is none. */
    @Nullable String reasoning() {
        return reasoning.isEmpty() ? null : reasoning.toString();
    }
}
