package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Problem;
import io.parley.testing.SampleConversation;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;

/** Answers for the conversations of the fixtures. */
final class ConversationsFake {
    private static final Map<UUID, UUID> owners = Map.of(adasTripPlan, ada.userId(), gracesDiary, grace.userId());

    public Future<?> answer(Bus bus) {
        return bus.answer(Conversations.FIND, this::find);
    }

    private Future<Conversation> find(Conversations.Find query) {
        check(query.caller(), query.id());
        return Future.succeededFuture(
                SampleConversation.of(query.id(), query.caller().userId()));
    }

    private static void check(Caller caller, UUID id) {
        var owner = owners.get(id);
        if (owner == null) throw Problem.notFound("conversation");
        if (!owner.equals(caller.userId())) throw Problem.forbidden("conversation");
    }
}
