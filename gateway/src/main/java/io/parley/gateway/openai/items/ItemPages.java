package io.parley.gateway.openai.items;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Which;
import io.parley.gateway.openai.exchange.Exchange;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.gateway.openai.exchange.OpenAiIds;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.async.Futures;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The items of the current branch of a conversation, read in pieces. */
public final class ItemPages {
    private static final int PIECE = 50;
    private static final int PIECE_BYTES = 1024 * 1024;

    /** A page ends early when the messages that were read for it are larger than this. */
    private static final int MAX_CHARACTERS = 8 * 1024 * 1024;

    private final Bus bus;

    public ItemPages(Bus bus) {
        this.bus = bus;
    }

    public Future<ObjectNode> list(Exchange exchange, UUID conversation) {
        var after = exchange.query("after");
        var window = new Window(exchange.caller(), conversation, exchange.isDescending(), exchange.limit(), after);
        var begun = after == null
                ? Future.<Void>succeededFuture()
                : message(exchange.caller(), conversation, after)
                        .<Void>map(message -> {
                            window.beginAt(message);
                            return null;
                        })
                        .recover(failure -> Future.failedFuture(
                                isNotFound(failure)
                                        ? OpenAiError.invalidValue("after", "is not the id of an item")
                                        : failure));
        return begun.compose(ready -> Futures.loop(window::readMore)).map(read -> window.page());
    }

    /** The messages of a page, in the order of the list. */
    private final class Window {
        private final Caller caller;
        private final UUID conversation;
        private final boolean isDescending;
        private final int limit;
        private final @Nullable String after;
        private final List<Message> messages = new ArrayList<>();
        private @Nullable Cursor cursor;
        private boolean isWhole;
        private long characters;

        Window(Caller caller, UUID conversation, boolean isDescending, int limit, @Nullable String after) {
            this.caller = caller;
            this.conversation = conversation;
            this.isDescending = isDescending;
            this.limit = limit;
            this.after = after;
        }

        void beginAt(Message message) {
            messages.add(message);
            cursor = new Cursor(message.createdAt(), message.id());
        }

        Future<Boolean> readMore() {
            return read(caller, conversation, cursor, isDescending ? Order.DESC : Order.ASC)
                    .map(page -> {
                        for (var message : page.items()) {
                            messages.add(message);
                            characters += size(message);
                        }
                        cursor = page.nextCursor();
                        isWhole = cursor == null;
                        return !isWhole && characters < MAX_CHARACTERS && !isEnough();
                    });
        }

        // A call is shown with its result, and a result of a call of Parley's is not shown without it.
        private boolean isEnough() {
            if (messages.isEmpty()) return false;
            var last = messages.get(messages.size() - 1);
            boolean isBetween = last.role() == Role.TOOL || (!isDescending && last.toolCalls() != null);
            return !isBetween && items().size() - (after == null ? 0 : 1) > limit;
        }

        private List<ObjectNode> items() {
            var oldestFirst = new ArrayList<>(messages);
            if (isDescending) Collections.reverse(oldestFirst);
            var items = new ArrayList<>(ItemWriter.items(oldestFirst));
            if (isDescending) Collections.reverse(items);
            return items;
        }

        ObjectNode page() {
            return ItemList.page(items(), after, limit, !isWhole);
        }
    }

    private static long size(Message message) {
        return 200L
                + (message.content() == null ? 0 : message.content().length())
                + (message.toolCalls() == null ? 0 : message.toolCalls().text().length())
                + (message.toolResults() == null
                        ? 0
                        : message.toolResults().text().length());
    }

    private Future<Page<Message>> read(Caller caller, UUID conversation, @Nullable Cursor cursor, Order order) {
        return bus.ask(
                Messages.LIST_CONVERSATION,
                new Messages.ListConversation(
                        caller,
                        conversation,
                        Which.CURRENT_BRANCH,
                        new PageRequest(cursor, PIECE, order, PIECE_BYTES)));
    }

    /** The message that an item belongs to; fails not-found if it is not in the conversation. */
    public Future<Message> message(Caller caller, UUID conversation, String item) {
        var id = OpenAiIds.messageOf(item).orElseThrow(() -> OpenAiError.notFound("item"));
        return bus.ask(Messages.FIND, new Messages.Find(caller, id)).map(message -> {
            if (!message.conversationId().equals(conversation)) throw OpenAiError.notFound("item");
            return message;
        });
    }

    /** One item, with what is around its message: the results of its calls, or the calls of its results. */
    public Future<ObjectNode> find(Caller caller, UUID conversation, String itemId) {
        return message(caller, conversation, itemId).compose(message -> {
            var cursor = new Cursor(message.createdAt(), message.id());
            return read(caller, conversation, cursor, Order.DESC)
                    .compose(before -> read(caller, conversation, cursor, Order.ASC)
                            .map(after -> {
                                var around = new ArrayList<>(before.items());
                                Collections.reverse(around);
                                around.add(message);
                                around.addAll(after.items());
                                return ItemWriter.items(around).stream()
                                        .filter(item -> item.path("id").asText().equals(itemId))
                                        .findFirst()
                                        .orElseThrow(() -> OpenAiError.notFound("item"));
                            }));
        });
    }

    private static boolean isNotFound(Throwable failure) {
        return (failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND)
                || failure instanceof OpenAiError;
    }
}
