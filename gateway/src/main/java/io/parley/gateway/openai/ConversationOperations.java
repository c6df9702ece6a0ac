package io.parley.gateway.openai;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.gateway.attachments.SentFiles;
import io.parley.gateway.openai.exchange.Exchange;
import io.parley.gateway.openai.exchange.OpenAiError;
import io.parley.gateway.openai.exchange.OpenAiIds;
import io.parley.gateway.openai.items.ItemList;
import io.parley.gateway.openai.items.ItemPages;
import io.parley.gateway.openai.items.ItemReader;
import io.parley.gateway.openai.items.ItemWriter;
import io.parley.gateway.openai.items.ReadItems;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Patch;
import io.parley.kernel.Versions;
import io.parley.kernel.access.Scope;
import io.parley.kernel.async.Contention;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Conversations and the items in them. */
final class ConversationOperations {
    private static final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private static final List<Scope> READ = List.of(Scope.CONVERSATIONS_READ);
    private static final List<Scope> WRITE = List.of(Scope.CONVERSATIONS_WRITE);
    private static final String WHAT = "conversation";
    private static final int MAX_ITEMS = 20;

    private final Bus bus;
    private final SentFiles files;
    private final ItemPages pages;

    ConversationOperations(Bus bus, SentFiles files) {
        this.bus = bus;
        this.files = files;
        this.pages = new ItemPages(bus);
    }

    void mount(OperationTable operations) {
        operations.on(HttpMethod.POST, "conversations", WRITE, this::create);
        operations.on(
                HttpMethod.GET,
                "conversations/*",
                READ,
                exchange -> find(exchange).compose(conversation -> exchange.answer(json(conversation))));
        operations.on(
                HttpMethod.POST,
                "conversations/*",
                WRITE,
                exchange -> Contention.repeat(() -> update(exchange))
                        .compose(conversation -> exchange.answer(json(conversation))));
        operations.on(HttpMethod.DELETE, "conversations/*", WRITE, this::delete);
        operations.on(HttpMethod.POST, "conversations/*/items", WRITE, this::addItems);
        operations.on(
                HttpMethod.GET,
                "conversations/*/items",
                READ,
                exchange -> pages.list(exchange, id(exchange)).compose(exchange::answer));
        operations.on(
                HttpMethod.GET,
                "conversations/*/items/*",
                READ,
                exchange -> item(exchange).compose(exchange::answer));
        operations.on(HttpMethod.DELETE, "conversations/*/items/*", WRITE, this::deleteItem);
    }

    private static UUID id(Exchange exchange) {
        return exchange.id(OpenAiIds.CONVERSATION, WHAT);
    }

    private Future<Conversation> find(Exchange exchange) {
        return bus.ask(Conversations.FIND, new Conversations.Find(exchange.caller(), id(exchange)));
    }

    private Future<Void> create(Exchange exchange) {
        var body = exchange.body();
        body.knowOnly(List.of("metadata", "items"));
        var read = items(exchange, false);
        var metadata = body.metadata();
        var id = exchange.key().map(key -> key.idFor(exchange.caller())).orElseGet(Ids::next);
        var draft = new ConversationDraft(null, null, metadata == null ? null : new Json(metadata.toString()));
        return files.store(exchange.caller(), read.files())
                .compose(
                        stored -> bus.ask(Conversations.CREATE, new Conversations.Create(exchange.caller(), id, draft)))
                .compose(created -> post(exchange.caller(), id, id, read.drafts())
                        .recover(failure -> bus.ask(
                                        Conversations.DELETE,
                                        new Conversations.Delete(exchange.caller(), id, Versions.ANY))
                                .transform(deleted -> Future.failedFuture(failure)))
                        .compose(posted -> exchange.answer(json(created))));
    }

    private static ReadItems items(Exchange exchange, boolean isRequired) {
        var body = exchange.body();
        if (isRequired) body.require("items");
        var items = body.array("items");
        if (items.size() > MAX_ITEMS || (isRequired && items.isEmpty()))
            throw OpenAiError.invalidValue("items", "must have from 1 to " + MAX_ITEMS + " items");
        return ItemReader.read(exchange.caller(), items, "items");
    }

    /** @param namespace of their ids, so that the same request posts the same ones */
    private Future<List<Message>> post(Caller caller, UUID conversation, UUID namespace, List<MessageDraft> drafts) {
        var posted = new ArrayList<Message>();
        Future<?> all = Future.succeededFuture();
        for (int at = 0; at < drafts.size(); at++) {
            var id = Ids.within(namespace, "item " + at);
            var draft = drafts.get(at);
            all = all.compose(before -> post(caller, conversation, id, draft, posted));
        }
        return all.map((List<Message>) posted)
                .recover(failure -> remove(caller, posted).transform(removed -> Future.failedFuture(failure)));
    }

    private Future<Message> post(Caller caller, UUID conversation, UUID id, MessageDraft draft, List<Message> posted) {
        var parent = posted.isEmpty() ? null : posted.get(posted.size() - 1).id();
        return bus.ask(Messages.POST, new Messages.Post(caller, conversation, id, draft.with(id, parent)))
                .onSuccess(posted::add);
    }

    private Future<?> remove(Caller caller, List<Message> posted) {
        Future<?> all = Future.succeededFuture();
        for (int at = posted.size() - 1; at >= 0; at--) {
            var id = posted.get(at).id();
            all = all.compose(before -> bus.ask(Messages.DELETE, new Messages.Delete(caller, id, Versions.ANY)));
        }
        return all;
    }

    // Others may have stored metadata of any form, which this door does not show and so does not take away.
    private Future<Conversation> update(Exchange exchange) {
        var body = exchange.body();
        body.knowOnly(List.of("metadata"));
        body.require("metadata");
        var texts = body.metadata();
        return find(exchange)
                .compose(found -> bus.ask(
                        Conversations.UPDATE,
                        new Conversations.Update(
                                exchange.caller(),
                                found.id(),
                                Versions.of(found.updatedAt()),
                                new ConversationPatch(
                                        Patch.absent(), Patch.absent(), Patch.to(merged(found.metadata(), texts))))));
    }

    private static Json merged(Json stored, @Nullable ObjectNode texts) {
        var merged = nodes.objectNode();
        StrictJson.parse(Buffer.buffer(stored.text())).properties().forEach(member -> {
            if (!member.getValue().isTextual()) merged.set(member.getKey(), member.getValue());
        });
        if (texts != null) merged.setAll(texts);
        return new Json(merged.toString());
    }

    private static ObjectNode json(Conversation conversation) {
        var json = nodes.objectNode()
                .put("id", OpenAiIds.of(OpenAiIds.CONVERSATION, conversation.id()))
                .put("object", "conversation")
                .put("created_at", conversation.createdAt().getEpochSecond());
        var texts = json.putObject("metadata");
        StrictJson.parse(Buffer.buffer(conversation.metadata().text()))
                .properties()
                .forEach(member -> {
                    if (member.getValue().isTextual()) texts.set(member.getKey(), member.getValue());
                });
        return json;
    }

    private Future<Void> delete(Exchange exchange) {
        return bus.ask(Conversations.DELETE, new Conversations.Delete(exchange.caller(), id(exchange), Versions.ANY))
                .compose(deleted -> exchange.answer(nodes.objectNode()
                        .put("id", exchange.path().get(0))
                        .put("object", "conversation.deleted")
                        .put("deleted", true)));
    }

    private Future<Void> addItems(Exchange exchange) {
        exchange.body().knowOnly(List.of("items"));
        var read = items(exchange, true);
        return find(exchange)
                .compose(found ->
                        files.storeFor(exchange.caller(), found, read.files()).map(found))
                .compose(found -> post(
                        exchange.caller(),
                        found.id(),
                        exchange.key().map(key -> key.idFor(exchange.caller())).orElseGet(Ids::next),
                        read.drafts()))
                .compose(posted -> exchange.answer(ItemList.of(ItemWriter.items(posted), false)));
    }

    private Future<ObjectNode> item(Exchange exchange) {
        return find(exchange)
                .compose(found -> pages.find(
                        exchange.caller(), found.id(), exchange.path().get(1)));
    }

    // A message that is several items cannot lose one of them.
    private Future<Void> deleteItem(Exchange exchange) {
        var itemId = exchange.path().get(1);
        return find(exchange)
                .compose(conversation -> pages.message(exchange.caller(), conversation.id(), itemId)
                        .compose(message -> {
                            if (ItemWriter.items(List.of(message)).size() > 1)
                                throw new OpenAiError(
                                        409,
                                        "conflict",
                                        null,
                                        "This item cannot be deleted without others of the same message.");
                            return item(exchange)
                                    .compose(item -> bus.ask(
                                            Messages.DELETE,
                                            new Messages.Delete(exchange.caller(), message.id(), Versions.ANY)));
                        })
                        .compose(deleted -> exchange.answer(json(conversation))));
    }
}
