package io.parley.tasks;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.kernel.Bus;
import io.parley.kernel.Problem;
import io.parley.testing.SampleConversation;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;

/** Answers for the conversations of the fixtures. */
final class ConversationsFake {
    private static final Map<UUID, UUID> owners = Map.of(adasTripPlan, ada.userId(), gracesDiary, grace.userId());

    public static Future<Void> answer(Bus bus) {
        return bus.answer(Conversations.FIND, ConversationsFake::find);
    }

    private static Future<Conversation> find(Conversations.Find query) {
        var owner = owners.get(query.id());
        if (owner == null) throw Problem.notFound("conversation");
        if (!owner.equals(query.caller().userId())) throw Problem.forbidden("conversation");
        return Future.succeededFuture(SampleConversation.of(query.id(), owner));
    }

    private ConversationsFake() {}
}
