package io.parley.gateway.ui;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current branch of a conversation as messages of the AI SDK, page by page. */
final class UiHistory {
    private static final int PIECE = 50;
    private static final int PIECE_BYTES = 1024 * 1024;

    /** A page ends early when what was read for it is larger than this. */
    private static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    private final Bus bus;

    /** @param nextCursor as that of {@link Page} */
    record Shown(List<JsonNode> items, @Nullable Cursor nextCursor) {}

    UiHistory(Bus bus) {
        this.bus = bus;
    }

    /** @param base of the URLs of files */
    Future<Shown> page(Caller caller, UUID conversationId, PageRequest wanted, String base) {
        var window = new Window(caller, conversationId, wanted, base);
        return Futures.loop(window::readMore).map(read -> window.shown());
    }

    /** The messages of a page; those of one answer are shown as one. */
    private final class Window {
        private final Caller caller;
        private final UUID conversationId;
        private final int limit;
        private final String base;
        private final List<List<Message>> groups = new ArrayList<>();
        private @Nullable Cursor cursor;
        private boolean isFull;
        private long characters;

        Window(Caller caller, UUID conversationId, PageRequest wanted, String base) {
            this.caller = caller;
            this.conversationId = conversationId;
            this.limit = wanted.limit();
            this.cursor = wanted.cursor();
            this.base = base;
        }

        Future<Boolean> readMore() {
            var page = new PageRequest(cursor, PIECE, Order.ASC, PIECE_BYTES);
            return bus.ask(
                            Messages.LIST_CONVERSATION,
                            new Messages.ListConversation(caller, conversationId, Which.CURRENT_BRANCH, page))
                    .map(this::add);
        }

        private boolean add(Page<Message> page) {
            for (var message : page.items()) {
                boolean isNew = groups.isEmpty() || !continues(groups.get(groups.size() - 1), message);
                isFull = (isNew && groups.size() == limit) || characters > MAX_CHARACTERS;
                if (isFull) return false;
                if (isNew) groups.add(new ArrayList<>());
                groups.get(groups.size() - 1).add(message);
                characters += size(message);
            }
            cursor = page.nextCursor();
            return cursor != null;
        }

        Shown shown() {
            var items = groups.stream()
                    .<JsonNode>map(group -> UiMessages.shown(group, base))
                    .toList();
            return new Shown(items, isFull ? end() : null);
        }

        private Cursor end() {
            var group = groups.get(groups.size() - 1);
            var last = group.get(group.size() - 1);
            return new Cursor(last.createdAt(), last.id());
        }
    }

    private static boolean continues(List<Message> group, Message message) {
        return isOfAnswer(group.get(0)) && isOfAnswer(message);
    }

    private static boolean isOfAnswer(Message message) {
        return message.role() == Role.ASSISTANT || message.role() == Role.TOOL;
    }

    private static long size(Message message) {
        return 200L
                + (message.parts() == null ? 1L : 2L) * length(message.content())
                + length(message.reasoning())
                + (message.toolCalls() == null ? 0 : message.toolCalls().text().length())
                + (message.toolResults() == null
                        ? 0
                        : message.toolResults().text().length());
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
