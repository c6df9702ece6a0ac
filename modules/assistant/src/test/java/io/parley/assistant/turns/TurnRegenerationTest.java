package io.parley.assistant.turns;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.messages.Message;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers to the same message again, and messages that are edited and sent again. */
class TurnRegenerationTest extends LiveTurns {
    TurnRegenerationTest(Bus bus, Database database) {
        super(bus, database);
    }

    @Test
    void answersTheSameMessageAgainOnAnotherBranch() throws Exception {
        model.plays(ModelScript.answer("Good morning."), ModelScript.answer("Good evening."));
        var first = start("Hello, once more");
        var answered = nextOutcome();

        var second = Answers.of(regenerate(ada, first, Ids.next(), "two")).turn();
        var outcome = nextOutcome();

        assertThat(second).returns(first.userMessageId(), Turn::userMessageId).returns("two", Turn::model);
        assertThat(outcome.turn().status()).isEqualTo(Status.COMPLETED);
        assertThat(outcome.messages()).extracting(Message::content).containsExactly("Good evening.");
        var answer = outcome.messages().get(0);
        assertThat(answer.id()).isEqualTo(Turn.messageId(second.id(), 1));
        assertThat(answer.parentId())
                .isEqualTo(answered.messages().get(1).parentId())
                .isEqualTo(first.userMessageId());
        assertThat(conversations.leaf(adasTripPlan)).isEqualTo(answer.id());
        assertThat(events(second, 0))
                .last()
                .satisfies(last -> assertThat(last.data().text()).contains("\"current_leaf\":\"" + answer.id() + '"'));
        run("DELETE FROM turn_events");
        assertThat(outcome(second)).isEqualTo(outcome);
    }

    @Test
    void tellsTheModelOnlyTheBranchAndWhatWasChangedBefore() throws Exception {
        model.plays(
                ModelScript.stream(
                        ModelEvents.call(0, "c1", "add_task", "{\"title\":\"buy oat milk\"}"),
                        ModelEvents.finish("tool_calls"),
                        ModelEvents.DONE),
                ModelScript.answer("It is on your list."));
        var first = start("I need oat milk");
        nextOutcome();

        model.plays(ModelScript.answer("Done."));
        Answers.of(regenerate(ada, first, Ids.next(), null));
        nextOutcome();
        var prompt = promptWith("already made these changes");

        assertThat(prompt)
                .contains(
                        "I need oat milk",
                        "add_task \\\"buy oat milk\\\" (" + tasks.ids().get(0) + ')')
                .doesNotContain("It is on your list.");
        assertThat(tasks.ids()).hasSize(1);
    }

    @Test
    void findsTheNewestAnswerToAMessage() throws Exception {
        model.plays(ModelScript.answer("Good morning."), ModelScript.answer("Good evening."));
        var first = start("Hello, whichever");
        nextOutcome();
        assertThat(answer(ada, first)).isEqualTo(find(first));
        var second = Answers.of(regenerate(ada, first, Ids.next(), null)).turn();
        nextOutcome();

        assertThat(answer(ada, first)).isEqualTo(find(second));
        assertThat(answer(grace, first)).isNull();
    }

    @Test
    void repeatsARegenerationOnlyOnce() throws Exception {
        model.plays(ModelScript.answer("Good morning."), ModelScript.answer("Good evening."));
        var first = start("Hello, all of you");
        nextOutcome();
        var id = Ids.next();
        Answers.of(regenerate(ada, first, id, null));
        nextOutcome();

        assertThat(Answers.of(regenerate(ada, first, id, null)).isRepeated()).isTrue();
        assertThat(talk.messages()).hasSize(3);
    }

    @Test
    void refusesWhatCannotBeAnsweredAgain() throws Exception {
        model.plays(ModelScript.answer("Good morning."));
        var turn = start("Hello, whoever");
        nextOutcome();

        assertThat(problemOf(regenerate(grace, turn, Ids.next(), null)).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(regenerate(ada, turn, turn.id(), null)).kind()).isEqualTo(Kind.CONFLICT);
        talk.remove(turn.userMessageId());
        assertThat(problemOf(regenerate(ada, turn, Ids.next(), null)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(problemOf(bus.ask(
                                Chat.REGENERATE,
                                new Chat.Regenerate(ada, Ids.next(), Ids.next(), null, null, null, null)))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void refusesASecondTurnAtTheSameTime() throws Exception {
        var turn = start("Hello, slowly");
        var exchange = nextExchange();

        assertThat(problemOf(regenerate(ada, turn, Ids.next(), null)).kind()).isEqualTo(Kind.CONFLICT);

        exchange.begin().write(ModelEvents.answer("Good morning.")).end();
        assertThat(nextOutcome().turn().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void sendsAnEditedMessageWithoutTheBranchThatItReplaces() throws Exception {
        model.plays(ModelScript.answer("Porto is nice."));
        start("Where to, Porto?");
        nextOutcome();

        said = "Where to, Lisbon?";
        Answers.of(bus.ask(
                Chat.START,
                new Chat.Start(
                        ada, Ids.next(), adasTripPlan, said, null, null, null, null, Patch.to((@Nullable UUID) null))));
        var exchange = nextExchange();
        var prompt = exchange.body().encode();
        exchange.begin().write(ModelEvents.answer("Lisbon is nice.")).end();
        var outcome = nextOutcome();

        assertThat(prompt).doesNotContain("Porto");
        assertThat(outcome.messages().get(0).parentId()).isNull();
        assertThat(outcome.messages().get(1).parentId())
                .isEqualTo(outcome.messages().get(0).id());
    }

    private @Nullable Turn answer(Caller caller, Turn turn) {
        return Answers.of(bus.ask(Chat.ANSWER, new Chat.FindAnswer(caller, adasTripPlan, turn.userMessageId())))
                .turn();
    }

    // Fails if there is none in the end.
    private static String promptWith(String text) {
        while (true) {
            var prompt = Answers.of(model.next()).body().encode();
            if (prompt.contains(text)) return prompt;
        }
    }

    private Future<Chat.Started> regenerate(Caller caller, Turn turn, UUID id, @Nullable String named) {
        return bus.ask(Chat.REGENERATE, new Chat.Regenerate(caller, turn.id(), id, null, named, null, null));
    }
}
