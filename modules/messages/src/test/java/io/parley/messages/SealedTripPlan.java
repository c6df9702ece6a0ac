package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.messages.Messages.MessagePatch;
import io.parley.contracts.messages.Messages.Which;
import io.parley.kernel.Bus;
import io.parley.kernel.Json;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.postgres.OwnerDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Ada's trip plan, whose messages are stored encrypted. */
record SealedTripPlan(Bus bus, Database database) {
    /** What must not be found in the database. */
    static final String SECRET = "quokka";

    static final Json METADATA = new Json("{\"animal\": \"" + SECRET + "\"}");

    static SealedTripPlan open(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new MessagesVerticle(bus, database)));
        Answers.of(new ConversationsFake().answer(bus));
        return new SealedTripPlan(bus, database);
    }

    /** Without messages at first. */
    void encrypt() {
        run("DELETE FROM messages");
        run("UPDATE conversations SET current_leaf = NULL, has_branches = false");
        run("UPDATE conversations SET title = NULL, description = NULL, metadata = NULL, instructions = NULL,"
                + " sealed = '\\x00' WHERE title = 'Trip plan'");
        Answers.of(database.keys().require(ada.userId()));
    }

    static MessageDraft text(@Nullable UUID id, String content) {
        return new MessageDraft(id, null, Role.USER, content, null, null, null, null, null);
    }

    Message post(MessageDraft draft) {
        return Answers.of(ask(draft));
    }

    Future<Message> ask(MessageDraft draft) {
        return bus.ask(Messages.POST, new Messages.Post(ada, adasTripPlan, draft));
    }

    Message update(Message message, MessagePatch patch) {
        return Answers.of(update(message.id(), patch));
    }

    Future<Message> update(UUID id, MessagePatch patch) {
        return bus.ask(Messages.UPDATE, new Messages.Update(ada, id, Versions.ANY, patch));
    }

    Message find(Message message) {
        return Answers.of(bus.ask(Messages.FIND, new Messages.Find(ada, message.id())));
    }

    List<Message> list() {
        return Answers.of(listing()).items();
    }

    Future<Page<Message>> listing() {
        return bus.ask(
                Messages.LIST_CONVERSATION,
                new Messages.ListConversation(
                        ada, adasTripPlan, Which.CURRENT_BRANCH, new PageRequest(null, 50, Order.ASC)));
    }

    void assertNothingReadable(String table) {
        assertThat(read("SELECT t::text AS t FROM " + table + " t"))
                .isNotEmpty()
                .noneMatch(row -> row.contains(SECRET));
    }

    List<String> read(String sql) {
        return Answers.of(OwnerDatabase.of(database)
                .query("/* test */ " + sql, row -> row.getString("t"))
                .list(Parameters.none()));
    }

    void run(String sql) {
        Answers.of(OwnerDatabase.of(database).query("/* test */ " + sql).run(Parameters.none()));
    }
}
