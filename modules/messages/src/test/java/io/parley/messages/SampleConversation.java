package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;

import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Versions;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.postgres.OwnerDatabase;
import io.vertx.core.Vertx;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Posts and deletes messages in Ada's trip plan, one of the fixtures. */
record SampleConversation(Bus bus, Database database) {
    static final PageRequest ALL = new PageRequest(null, 200, PageRequest.Order.ASC);

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

    public void delete(Message message) {
        Answers.of(bus.ask(Messages.DELETE, new Messages.Delete(ada, message.id(), Versions.ANY)));
    }

    public void deleteConversation(@Nullable String at) {
        run("UPDATE conversations SET deleted_at = " + (at == null ? "NULL" : at));
    }

    public int run(String sql) {
        return Answers.of(OwnerDatabase.of(database).query(sql).run(Parameters.none()));
    }
}
