package io.parley.assistant.turns;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.limits.Quotas;
import io.parley.contracts.messages.Messages;
import io.parley.contracts.users.ApiKeys;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.PageRequest;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which turns begin, and what is known of them. */
class TurnRulesTest extends LiveTurns {
    TurnRulesTest(Bus bus, Database database) {
        super(bus, database);
    }

    @Test
    void listsTheTurnsOfTheirUserAlone() throws Exception {
        var first = start("What comes first?");
        assertThat(list(ada, adasTripPlan, Status.RUNNING)).containsExactly(first.id());
        nextExchange().begin().write(ModelEvents.answer("Good morning.")).end();
        nextOutcome();
        var second = start("What comes next?");

        assertThat(list(ada, adasTripPlan, null)).containsExactly(second.id(), first.id());
        assertThat(list(ada, null, Status.RUNNING)).containsExactly(second.id());
        assertThat(list(ada, Ids.next(), null)).isEmpty();
        assertThat(list(grace, adasTripPlan, null)).isEmpty();
        nextExchange().begin().write(ModelEvents.answer("Fine.")).end();
        assertThat(nextOutcome().turn().id()).isEqualTo(second.id());
    }

    @Test
    void countsTheTokensOfTheModel() throws Exception {
        start("Hello");
        nextExchange()
                .begin()
                .write(ModelEvents.finish("stop") + ModelEvents.usage(1100, 31) + ModelEvents.DONE)
                .end();

        assertThat(users.seesSpent(new Quotas.SpendTokens(ada.userId(), "one", 1131)))
                .isTrue();
    }

    @Test
    void startsNoTurnIfTheTokensOfItsModelAreUsedUp() {
        users.useUp("two");
        try {
            assertThat(Answers.problemOf(ask(ada, Ids.next(), "Hello", "scripted", "two"))
                            .kind())
                    .isEqualTo(Kind.LIMITED);
            assertThat(talk.messages()).isEmpty();
            var other = ask(ada, Ids.next(), "Hello again", "scripted", "one");
            assertThat(Answers.of(other).isRepeated()).isFalse();
        } finally {
            users.useUp(null);
        }
    }

    @Test
    void asksTheOtherModulesOnlyOnceForEachThing() throws Exception {
        conversations.clear();
        conversations.has(adasTripPlan, ada);
        model.plays(ModelScript.answer("Good morning."));

        start("Hello");
        nextOutcome();

        assertThat(received.classes())
                .containsExactlyInAnyOrder(
                        Conversations.Find.class,
                        ApiKeys.ListMine.class,
                        Conversations.Update.class,
                        Messages.Post.class,
                        Messages.ListConversation.class,
                        Messages.Post.class,
                        Conversations.Find.class);
    }

    @Test
    void runsOneTurnAtATime() throws Exception {
        start("First");
        var exchange = nextExchange();

        assertThat(problemOf(ask(ada, Ids.next(), "Second", null, null)).kind()).isEqualTo(Kind.CONFLICT);

        assertThat(talk.messages()).hasSize(1);
        exchange.begin().write(ModelEvents.answer("Done")).end();
        typesToTheEnd();
    }

    @Test
    void repeatsATurnWithTheSameIdOnlyOnce() throws Exception {
        var id = Ids.next();
        model.plays(ModelScript.answer("Once"));
        var first = Answers.of(ask(ada, id, "Hello", null, null));
        typesToTheEnd();

        var again = Answers.of(ask(ada, id, "Hello", null, null));

        assertThat(first.isRepeated()).isFalse();
        assertThat(again.isRepeated()).isTrue();
        assertThat(again.turn().status()).isEqualTo(Status.COMPLETED);
        assertThat(talk.messages()).hasSize(2);
        assertThat(problemOf(ask(ada, id, "Something else", null, null)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void refusesOtherUsers() throws Exception {
        model.plays(ModelScript.answer("Secret"));
        var turn = start("Hello");
        typesToTheEnd();

        for (var request : List.<Future<?>>of(
                ask(grace, Ids.next(), "Hello", null, null),
                bus.ask(Chat.FIND, new Chat.Find(grace, turn.id())),
                bus.ask(Chat.OUTCOME, new Chat.FindOutcome(grace, turn.id())),
                bus.ask(Chat.STOP, new Chat.Stop(grace, turn.id())),
                bus.ask(Chat.EVENTS, new Chat.ListEvents(grace, turn.id(), 0))))
            assertThat(problemOf(request)).returns(Kind.FORBIDDEN, Problem::kind);
        assertThat(problemOf(bus.ask(Chat.FIND, new Chat.Find(ada, Ids.next()))).kind())
                .isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void usesTheUsersOwnKey() throws Exception {
        assertThat(problemOf(ask(ada, Ids.next(), "Hello", "private", null))
                        .faults()
                        .get(0)
                        .pointer())
                .isEqualTo("/provider");
        assertThat(problemOf(ask(ada, Ids.next(), "Hello", null, "four"))
                        .faults()
                        .get(0)
                        .pointer())
                .isEqualTo("/model");

        keys.has(ada, "private", "sk-adas-own");
        said = "Hello there";
        Answers.of(ask(ada, Ids.next(), said, "private", null));
        var exchange = nextExchange();
        exchange.begin().write(ModelEvents.answer("Hi")).end();
        typesToTheEnd();

        assertThat(exchange.headers().get("Authorization")).isEqualTo("Bearer sk-adas-own");
        assertThat(exchange.body().getString("model")).isEqualTo("three");
        var models = Answers.of(bus.ask(Chat.MODELS, new Chat.ListModels(ada))).items();
        assertThat(models).extracting(Chat.Model::model).containsExactly("one", "two", "one", "three");
        assertThat(Answers.of(bus.ask(Chat.MODELS, new Chat.ListModels(grace))).items())
                .extracting(Chat.Model::model)
                .containsExactly("one", "two", "one");
    }

    private List<UUID> list(Caller caller, @Nullable UUID conversation, @Nullable Status status) {
        var page = new PageRequest(null, 50, PageRequest.Order.DESC);
        return Answers.of(bus.ask(
                        Chat.LIST,
                        new Chat.ListMine(caller, conversation, status == null ? List.of() : List.of(status), page)))
                .items()
                .stream()
                .map(Turn::id)
                .toList();
    }
}
