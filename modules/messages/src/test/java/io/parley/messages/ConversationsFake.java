package io.parley.messages;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static io.parley.testing.Fixtures.gracesDiary;

import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.conversations.Conversations.Admitted;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Answers for the conversations of the fixtures. Each message is admitted one second after the previous one. */
final class ConversationsFake {
    private static final Map<UUID, UUID> owners = Map.of(adasTripPlan, ada.userId(), gracesDiary, grace.userId());

    private final AtomicLong seconds = new AtomicLong();

    public Future<?> answer(Bus bus) {
        return Future.all(bus.answer(Conversations.FIND, this::find), bus.answer(Conversations.ADMIT, this::admit));
    }

    private Future<Conversation> find(Conversations.Find query) {
        check(query.caller(), query.id());
        return Future.succeededFuture(new Conversation(
                query.id(),
                query.caller().userId(),
                null,
                null,
                Json.EMPTY_OBJECT,
                Instant.EPOCH,
                Instant.EPOCH,
                null));
    }

    private Future<Admitted> admit(Conversations.Admit command) {
        check(command.caller(), command.id());
        return Future.succeededFuture(new Admitted(Instant.EPOCH.plusSeconds(seconds.incrementAndGet())));
    }

    private static void check(Caller caller, UUID id) {
        var owner = owners.get(id);
        if (owner == null) throw Problem.notFound("conversation");
        if (!owner.equals(caller.userId())) throw Problem.forbidden("conversation");
    }
}
