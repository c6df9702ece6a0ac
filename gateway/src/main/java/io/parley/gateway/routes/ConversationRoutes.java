package io.parley.gateway.routes;

import io.parley.contracts.Tags;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.ConversationDraft;
import io.parley.contracts.conversations.Conversations.ConversationPatch;
import io.parley.gateway.contract.Operations;
import io.parley.gateway.contract.Request;
import io.parley.gateway.routes.previews.ConversationPreviews;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.kernel.Versions;
import io.vertx.core.Future;

/** Conversations, without their messages. */
final class ConversationRoutes {
    private final Bus bus;
    private final ConversationPreviews previews;

    ConversationRoutes(Bus bus) {
        this.bus = bus;
        this.previews = new ConversationPreviews(bus);
    }

    void mount(Operations operations) {
        operations.on(
                "createConversation",
                request -> bus.ask(
                        Conversations.CREATE,
                        new Conversations.Create(
                                request.caller(), request.newId(), request.body(ConversationDraft.class))));
        operations.on("listConversations", this::list);
        operations.on("findConversation", request -> find(request).compose(found -> previews.in(request, found)));
        operations.on("updateConversation", this::update);
        operations.on(
                "deleteConversation",
                request -> bus.ask(
                        Conversations.DELETE,
                        new Conversations.Delete(request.caller(), request.pathId("id"), request.versions())));
        operations.on(
                "restoreConversation",
                request -> bus.ask(
                        Conversations.RESTORE, new Conversations.Restore(request.caller(), request.pathId("id"))));
    }

    private Future<Conversation> find(Request request) {
        return bus.ask(Conversations.FIND, new Conversations.Find(request.caller(), request.pathId("id")));
    }

    private Future<? extends Record> list(Request request) {
        var query = request.query();
        boolean deleted = query.required("deleted", Boolean.class);
        var sort = query.choice("sort", Conversations.Sort.class);
        if (sort != null && deleted) throw Problem.invalid("sort", "must not be sent with deleted=true");
        var filter = filter(request, deleted);
        boolean isUsual = (sort == null || sort == Conversations.Sort.UPDATED_AT) && filter.archived() != null;
        if (deleted || isUsual)
            return bus.ask(
                            Conversations.LIST,
                            new Conversations.ListMine(request.caller(), filter, deleted, query.pageRequest()))
                    .compose(page -> previews.in(request, page));
        var field = sort == null ? Conversations.Sort.UPDATED_AT : sort;
        return bus.ask(
                        Conversations.LIST_SORTED,
                        new Conversations.ListSorted(request.caller(), filter, field, query.sortRequest()))
                .compose(page -> previews.in(request, page));
    }

    // The trash has what was archived as well, unless the request chooses.
    private static Conversations.Filter filter(Request request, boolean deleted) {
        var archived = request.query().text("archived");
        boolean isAny = "any".equals(archived) || (archived == null && deleted);
        return new Conversations.Filter(
                isAny ? null : Boolean.valueOf("true".equals(archived)),
                request.query().flag("pinned"),
                Tags.stored("tag", request.query().texts("tag")));
    }

    private Future<Conversation> update(Request request) {
        var patch = request.body(ConversationPatch.class);
        return MetadataMerge.isWanted(request, patch.metadata())
                ? MetadataMerge.run(
                        request,
                        patch.metadata(),
                        () -> find(request),
                        Conversation::metadata,
                        (versions, metadata) -> update(request, versions, patch.withMetadata(metadata)))
                : update(request, request.versions(), patch);
    }

    private Future<Conversation> update(Request request, Versions versions, ConversationPatch patch) {
        return bus.ask(
                Conversations.UPDATE,
                new Conversations.Update(request.caller(), request.pathId("id"), versions, patch));
    }
}
