package io.parley.messages;

import static io.parley.testing.People.ada;
import static io.parley.testing.People.adasTripPlan;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Slice;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.vertx.core.Vertx;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What tests say and do in Ada's trip plan. */
record Talk(Bus bus, Database database) {
    static final Slice ALL = new Slice(null, 200, Slice.Order.ASC);

    static Talk open(Vertx vertx, Bus bus, Database database) {
        Answers.of(vertx.deployVerticle(new MessagesVerticle(bus, database)));
        Answers.of(new ConversationsFake().answer(bus));
        return new Talk(bus, database);
    }

    void clear() {
        run("DELETE FROM messages");
        run("UPDATE conversations SET deleted_at = NULL, purged_at = NULL");
    }

    Message say(String text) {
        return post(ada, adasTripPlan, new MessageDraft(null, null, Role.USER, text, null, null, null, null, null));
    }

    Message reply(Message parent, String text) {
        var draft = new MessageDraft(null, parent.id(), Role.ASSISTANT, text, 10, "tern-1", null, null, null);
        return post(ada, adasTripPlan, draft);
    }

    Message post(Caller caller, UUID conversation, MessageDraft draft) {
        return Answers.of(bus.ask(Messages.POST, new Messages.Post(caller, conversation, draft)));
    }

    void delete(Message message) {
        Answers.of(bus.ask(Messages.DELETE, new Messages.Delete(ada, message.id(), Versions.ANY)));
    }

    void deleteConversation(@Nullable String at) {
        run("UPDATE conversations SET deleted_at = " + (at == null ? "NULL" : at));
    }

    int run(String sql) {
        return Answers.of(database.statement(sql).run(Parameters.none()));
    }
}
