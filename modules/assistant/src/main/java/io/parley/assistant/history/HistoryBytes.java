package io.parley.assistant.history;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.MessagePart;
import io.parley.kernel.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts what has been read of a conversation. The budget in tokens does not bound it, because what models are not sent, such as
 * metadata, is read as well.
 */
public final class HistoryBytes {
    /** The most that is read at once, in bytes. */
    public static final int PIECE = 1024 * 1024;

    /** The columns of a message that are not texts of any size. */
    private static final int OTHERS = 800;

    private static final int PER_PART = 100;

    private final long most;
    private long read;

    /** @param most the most that is read of a conversation, in bytes */
    public HistoryBytes(long most) {
        this.most = most;
    }

    /** Adds a message, and returns whether all so far have no more bytes than they may. The first always has room. */
    public boolean haveRoomFor(Message message) {
        boolean isFirst = read == 0;
        read += of(message);
        return isFirst || read <= most;
    }

    /** In memory, where most texts have a byte for each character. */
    public static long of(Message message) {
        return OTHERS
                + length(message.content())
                + length(message.parts())
                + length(message.reasoning())
                + length(message.toolCalls())
                + length(message.toolResults())
                + length(message.metadata());
    }

    private static long length(@Nullable List<MessagePart> parts) {
        return parts == null
                ? 0
                : parts.stream()
                        .mapToLong(part -> PER_PART + length(part.text()) + length(part.name()))
                        .sum();
    }

    private static long length(@Nullable Json json) {
        return json == null ? 0 : length(json.text());
    }

    private static long length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
