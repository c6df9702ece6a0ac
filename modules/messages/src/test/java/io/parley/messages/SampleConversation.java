package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.Placement;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Ids;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.postgres.OwnerDatabase;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Posts, reads and deletes messages in Ada's trip plan, one of the fixtures. */
record SampleConversation(Bus bus, Database database) {
    static final PageRequest ALL = new PageRequest(null, 200, Order.ASC);

    public static SampleConversation open(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new MessagesVerticle(bus, database)));
        Answers.of(new ConversationsFake().answer(bus));
        return new SampleConversation(bus, database);
    }

    public void clear() {
        run("DELETE FROM messages");
        run("UPDATE conversations SET deleted_at = NULL, purged_at = NULL, current_leaf = NULL, has_branches = false");
    }

    public Message say(String text) {
        return post(ada, adasTripPlan, new MessageDraft(null, null, Role.USER, text, null, null, null, null, null));
    }

    public Message reply(Message parent, String text) {
        var draft = new MessageDraft(null, parent.id(), Role.ASSISTANT, text, 10, "tern-1", null, null, null);
        return post(ada, adasTripPlan, draft);
    }

    public Message post(Caller caller, UUID conversation, MessageDraft draft) {
        return Answers.of(bus.ask(Messages.POST, new Messages.Post(caller, conversation, draft)));
    }

    /** Posts a user's message of Ada. */
    public Message post(String text, @Nullable UUID parent, Placement placement) {
        var draft = new MessageDraft(null, parent, Role.USER, text, null, null, null, null, null);
        return Answers.of(bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, Ids.next(), draft, placement)));
    }

    /** Posts what follows a message, as a turn does with an answer. */
    public Message follow(Message last, String text) {
        return post(text, last.id(), Placement.FOLLOWING);
    }

    public Message find(Message message) {
        return Answers.of(bus.ask(Messages.FIND, new Messages.Find(ada, message.id())));
    }

    public Page<Message> list(Which which, PageRequest page) {
        return Answers.of(
                bus.ask(Messages.LIST_CONVERSATION, new Messages.ListConversation(ada, adasTripPlan, which, page)));
    }

    /** The messages of all pages. */
    public List<Message> all(Which which, Order order) {
        var messages = new ArrayList<Message>();
        @Nullable Cursor cursor = null;
        do {
            var page = list(which, new PageRequest(cursor, 2, order));
            messages.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return messages;
    }

    public List<String> texts(Which which, Order order) {
        return all(which, order).stream()
                .map(message -> String.valueOf(message.content()))
                .toList();
    }

    public @Nullable UUID leaf() {
        return Answers.of(OwnerDatabase.of(database)
                        .query(
                                "SELECT current_leaf FROM conversations WHERE id = '" + adasTripPlan + "'",
                                row -> Optional.ofNullable(row.getUUID(0)))
                        .only(Parameters.none()))
                .orElse(null);
    }

    /** As the conversations module does it. */
    public void moveLeaf(Message to) {
        run("UPDATE conversations SET current_leaf = '" + to.id() + "' WHERE id = '" + adasTripPlan + "'");
    }

    public void delete(Message message) {
        Answers.of(bus.ask(Messages.DELETE, new Messages.Delete(ada, message.id(), Versions.ANY)));
    }

    public Message restore(Message message) {
        return Answers.of(bus.ask(Messages.RESTORE, new Messages.Restore(ada, message.id())));
    }

    public void deleteConversation(@Nullable String at) {
        run("UPDATE conversations SET deleted_at = " + (at == null ? "NULL" : at));
    }

    public int run(String sql) {
        return Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
