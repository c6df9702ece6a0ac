package io.parley.assistant.history;

import io.parley.assistant.models.Prompt.Attached;
import io.parley.assistant.models.Prompt.Piece;
import io.parley.contracts.messages.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stored message that a model is sent.
 *
 * @param pieces what stands for a user's message with files; null for all others
 * @param attached to it by the provider that is asked; null if nothing
 */
public record HistoryMessage(
        Message message,
        @Nullable List<Piece> pieces,
        @Nullable Attached attached) {
    public HistoryMessage(Message message, @Nullable Attached attached) {
        this(message, null, attached);
    }

    public HistoryMessage with(List<Piece> shown) {
        return new HistoryMessage(message, shown, attached);
    }
}
