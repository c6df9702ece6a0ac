package io.parley.gateway.routes.previews;

import io.parley.contracts.SortedPage;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Preview;
import io.parley.gateway.contract.Request;
import io.parley.kernel.Bus;
import io.parley.kernel.Page;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Adds the number of messages and the last one to conversations, if the request asks for it: one question for a page. */
public final class ConversationPreviews {
    private final Bus bus;

    public ConversationPreviews(Bus bus) {
        this.bus = bus;
    }

    public Future<Conversation> in(Request request, Conversation conversation) {
        return in(request, List.of(conversation)).map(all -> all.get(0));
    }

    public Future<Page<Conversation>> in(Request request, Page<Conversation> page) {
        return in(request, page.items()).map(items -> new Page<>(items, page.nextCursor()));
    }

    public Future<SortedPage<Conversation>> in(Request request, SortedPage<Conversation> page) {
        return in(request, page.items()).map(items -> new SortedPage<>(items, page.nextCursor()));
    }

    private Future<List<Conversation>> in(Request request, List<Conversation> conversations) {
        if (request.query().text("include") == null || conversations.isEmpty())
            return Future.succeededFuture(conversations);
        var ids = conversations.stream().map(Conversation::id).toList();
        return bus.ask(Messages.PREVIEWS, new Messages.FindPreviews(request.caller(), ids))
                .map(previews -> with(conversations, previews.items()));
    }

    // One that was deleted in between has none.
    private static List<Conversation> with(List<Conversation> conversations, List<Preview> previews) {
        Map<UUID, Preview> byId =
                previews.stream().collect(Collectors.toMap(Preview::conversationId, Function.identity()));
        return conversations.stream()
                .map(each -> {
                    var preview = byId.get(each.id());
                    return preview == null
                            ? each.withPreview(0, null)
                            : each.withPreview(preview.count(), preview.last());
                })
                .toList();
    }
}
