package io.parley.assistant.turns;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.AssistantVerticle;
import io.parley.assistant.turns.storage.LeaseStore;
import io.parley.assistant.turns.storage.TurnCompletion;
import io.parley.assistant.turns.storage.TurnEventStore;
import io.parley.assistant.turns.storage.TurnStore;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Bus;
import io.parley.storage.Database;
import io.parley.storage.Parameters;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.parley.testing.postgres.OwnerDatabase;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

/** Turns whose server died. */
class TurnRecoveryTest extends LiveTurns {
    TurnRecoveryTest(Bus bus, Database database) {
        super(bus, database);
    }

    @Test
    void endsATurnOfADeadServer() throws Exception {
        var turn = start("Hello, you");
        var exchange = nextExchange();
        exchange.begin().write(ModelEvents.text("Half "));
        next();
        next();

        recover();

        assertThat(next().type()).isEqualTo(TurnEvent.Type.TURN_FAILED);
        assertThat(find(turn)).returns(Status.FAILED, Turn::status);
        assertThat(talk.messages()).extracting(Message::content).containsExactly("Hello, you", "Half ");
        // The verticle that still runs the turn notices, and leaves the end as it is.
        Answers.of(exchange.closed());
        assertThat(find(turn)).returns(Status.FAILED, Turn::status);
    }

    @Test
    void duplicatesNoTextThatWasStoredBeforeItsEvents() throws Exception {
        model.plays(ModelScript.stream(
                ModelEvents.text("Let me see. "),
                ModelEvents.call(0, "c1", "list_tasks", "{}"),
                ModelEvents.finish("tool_calls"),
                ModelEvents.DONE));
        var turn = start("What is there to do?");
        nextExchange();
        var exchange = nextExchange();
        exchange.begin().write(ModelEvents.text("Nothing "));
        while (!next().data().text().contains("Nothing"))
            ;
        run("DELETE FROM turn_events WHERE number > 2");

        recover();

        Answers.of(exchange.closed());
        assertThat(typesToTheEnd()).containsExactly(TurnEvent.Type.TURN_FAILED);
        assertThat(talk.messages())
                .extracting(Message::role)
                .startsWith(Role.USER, Role.ASSISTANT, Role.TOOL)
                .hasSizeLessThanOrEqualTo(4);
        assertThat(talk.messages()).extracting(Message::content).containsOnlyOnce("Let me see. ");
        assertThat(events(turn, 0)).extracting(TurnEvent::number).containsExactly(1, 2, 3);
    }

    @Test
    void completesATurnThatADeadServerHadAnswered() throws Exception {
        model.plays(ModelScript.answer("Good morning."));
        var turn = start("Hello");
        typesToTheEnd();
        run("DELETE FROM turn_events WHERE type = 'TURN_COMPLETED'");
        run("UPDATE turns SET status = 'running', finished_at = NULL");

        recover();

        var last = next();
        assertThat(last.type()).isEqualTo(TurnEvent.Type.TURN_COMPLETED);
        assertThat(last.data().text()).contains("Hello", "Good morning.");
        assertThat(find(turn).status()).isEqualTo(Status.COMPLETED);
        assertThat(talk.messages()).hasSize(2);
    }

    @Test
    void endsLeasesThatAProcessLeftInItsOwnDatabase() throws Exception {
        model.plays(ModelScript.answer("Good morning."));
        start("Hello");
        typesToTheEnd();
        run("UPDATE turns SET status = 'running', finished_at = NULL, lease_until = now() + interval '1 hour'");
        assertThat(longLeases()).isOne();

        Answers.of(AssistantVerticle.abandonTurns(database));

        assertThat(longLeases()).isZero();
    }

    // Recovery takes leases of 30 s.
    private int longLeases() {
        return Answers.of(OwnerDatabase.of(database)
                .query("SELECT id FROM turns WHERE status = 'running' AND lease_until > now() + interval '1 minute'")
                .run(Parameters.none()));
    }

    // As another node does once the lease has run out.
    private void recover() {
        run("UPDATE turns SET lease_until = now() - interval '1 minute', stop_requested = false");
        var abandoned = Answers.of(new LeaseStore(database).takeAbandoned());
        var vertx = Vertx.vertx();
        try {
            var completion = new TurnCompletion(vertx, bus, new TurnStore(database), database.keys());
            Answers.of(new TurnRecovery(vertx, bus, abandoned.get(0), new TurnEventStore(database), completion).run());
        } finally {
            Answers.of(vertx.close());
        }
    }
}
