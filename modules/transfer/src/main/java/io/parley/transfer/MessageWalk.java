package io.parley.transfer;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All messages of one conversation, in pieces of about the same size whatever the size of the messages. */
final class MessageWalk {
    /** In bytes. */
    private static final int PIECE = 256 * 1024;

    private static final int MOST = 100;

    private final Bus bus;
    private final Caller caller;
    private final UUID conversationId;
    private int limit = 20;
    private @Nullable Cursor cursor;
    private boolean isDone;
    private boolean isBegun;

    MessageWalk(Bus bus, Caller caller, UUID conversationId) {
        this.bus = bus;
        this.caller = caller;
        this.conversationId = conversationId;
    }

    boolean isDone() {
        return isDone;
    }

    /** The next piece, to be written behind the one before. Only the first fails not-found, where all is gone. */
    Future<Buffer> next() {
        return bus.ask(
                        Messages.LIST_CONVERSATION,
                        new Messages.ListConversation(
                                caller, conversationId, new PageRequest(cursor, limit, Order.ASC)))
                .recover(this::unlessGoneMeanwhile)
                .map(this::written);
    }

    private Future<Page<Message>> unlessGoneMeanwhile(Throwable failure) {
        return isBegun && failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND
                ? Future.succeededFuture(new Page<>(List.of(), null))
                : Future.failedFuture(failure);
    }

    private Buffer written(Page<Message> page) {
        var piece = Buffer.buffer();
        for (var message : page.items()) {
            if (isBegun) piece.appendByte((byte) ',');
            isBegun = true;
            piece.appendBuffer(ExportLine.message(message));
        }
        limit = piece.length() > PIECE ? Math.max(1, limit / 2) : Math.min(MOST, limit * 2);
        cursor = page.nextCursor();
        isDone = cursor == null;
        return piece;
    }
}
