package io.parley.assistant.turns;

import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.kernel.Bus;
import io.parley.kernel.Json;
import io.parley.storage.Database;
import io.parley.testing.models.ModelEvents;
import org.junit.jupiter.api.Test;

/** How much of a long conversation the model is sent. */
class TurnHistoryTest extends LiveTurns {
    TurnHistoryTest(Bus bus, Database database) {
        super(bus, database);
    }

    @Test
    void readsOnlySoManyBytesOfAConversation() throws Exception {
        var metadata = new Json("{\"x\":\"" + "x".repeat(50_000) + "\"}");
        for (int n = 0; n < 20; n++)
            talk.say(
                    adasTripPlan,
                    ada,
                    new MessageDraft(null, null, Role.USER, "word " + n, null, null, null, null, metadata));

        start("The last");
        var exchange = nextExchange();
        exchange.begin().write(ModelEvents.answer("Yes")).end();
        typesToTheEnd();

        var told = exchange.body().getJsonArray("messages").encode();
        assertThat(told).contains("The last", "word 19", "word 17").doesNotContain("word 16");
    }

    @Test
    void sendsTheEndOfALongConversationAndItsSystemMessages() throws Exception {
        talk.say(adasTripPlan, ada, MessagesFake.draft(Role.SYSTEM, "Be kind."));
        for (int n = 0; n < 100; n++)
            talk.say(
                    adasTripPlan,
                    ada,
                    MessagesFake.draft(n % 2 == 0 ? Role.USER : Role.ASSISTANT, "word ".repeat(20) + n));

        start("The last");
        var exchange = nextExchange();
        exchange.begin().write(ModelEvents.answer("Yes")).end();
        typesToTheEnd();

        var told = exchange.body().getJsonArray("messages");
        assertThat(told.getJsonObject(0).getString("content")).endsWith("\n\nBe kind.");
        assertThat(told.getJsonObject(told.size() - 1).getString("content")).isEqualTo("The last");
        assertThat(told.size()).isBetween(20, 50);
    }
}
