package io.parley.transfer;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.transfer.lines.ExportedConversation;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All messages of one conversation as JSON, in chunks of similar size whatever the size of the messages.
 */
final class MessageChunks {
    /** Bytes. */
    static final int CHUNK_SIZE = 256 * 1024;

    private static final int MAX_MESSAGES = 100;

    private final Bus bus;
    private final Caller caller;
    private final UUID conversationId;
    private @Nullable Cursor cursor;
    private boolean isDone;
    private boolean isBegun;

    MessageChunks(Bus bus, Caller caller, UUID conversationId) {
        this.bus = bus;
        this.caller = caller;
        this.conversationId = conversationId;
    }

    boolean isDone() {
        return isDone;
    }

    /** The next chunk, to be appended to the previous one. The first one fails not-found if the conversation is deleted. */
    Future<Buffer> next() {
        return bus.ask(
                        Messages.LIST_CONVERSATION,
                        new Messages.ListConversation(
                                caller,
                                conversationId,
                                Which.ALL,
                                new PageRequest(cursor, MAX_MESSAGES, Order.ASC, CHUNK_SIZE)))
                .recover(this::emptyIfDeletedMeanwhile)
                .map(this::chunk);
    }

    private Future<Page<Message>> emptyIfDeletedMeanwhile(Throwable failure) {
        return isBegun && failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND
                ? Future.succeededFuture(new Page<>(List.of(), null))
                : Future.failedFuture(failure);
    }

    private Buffer chunk(Page<Message> page) {
        var chunk = Buffer.buffer();
        for (var message : page.items()) {
            if (isBegun) chunk.appendByte((byte) ',');
            isBegun = true;
            chunk.appendBuffer(ExportedConversation.message(message));
        }
        cursor = page.nextCursor();
        isDone = cursor == null;
        return chunk;
    }
}
