package io.parley.assistant.turns;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Turn;
import io.parley.contracts.messages.Message.Role;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.None;
import io.parley.kernel.Patch;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelExchange;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The model of a turn: the turn's own choice, else the conversation's, else the user's, else that of the settings. The providers are
 * those of {@link LiveTurns}.
 */
class TurnContextsTest extends LiveTurns {
    TurnContextsTest(Bus bus, Database database) {
        super(bus, database);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
        # turn          | conversation    | user            | answers
        - | -           | -        | -    | -        | -    | scripted | one
        - | -           | -        | -    | other    | -    | other    | one
        - | -           | -        | -    | scripted | two  | scripted | two
        - | -           | other    | -    | scripted | two  | other    | one
        - | -           | -        | two  | other    | one  | scripted | two
        - | -           | -        | one  | other    | -    | scripted | one
        other | -       | scripted | two  | scripted | two  | other    | one
        - | two         | other    | one  | other    | -    | scripted | two
        scripted | two  | other    | one  | other    | -    | scripted | two
        - | -           | gone     | one  | other    | -    | other    | one
        - | -           | scripted | gone | other    | -    | other    | one
        - | -           | private  | -    | other    | -    | other    | one
        - | -           | -        | three| other    | -    | other    | one
        - | -           | gone     | -    | gone     | gone | scripted | one
        """)
    void takesTheFirstThatIsSetAndThere(
            String provider,
            String model,
            String conversationsProvider,
            String conversationsModel,
            String usersProvider,
            String usersModel,
            String chosenProvider,
            String chosenModel)
            throws Exception {
        conversations.set(adasTripPlan, null, conversationsProvider, conversationsModel);
        users.set(null, usersProvider, usersModel);
        said = "Hello, whoever answers";

        var turn = Answers.of(ask(ada, Ids.next(), said, provider, model)).turn();
        var exchange = nextExchange();
        answer(exchange);

        assertThat(exchange.body().getString("model")).isEqualTo(chosenModel);
        assertThat(turn).returns(chosenProvider, Turn::provider).returns(chosenModel, Turn::model);

        var again = Answers.of(regenerate(turn, provider, model)).turn();
        answer(nextExchange());

        assertThat(again).returns(chosenProvider, Turn::provider).returns(chosenModel, Turn::model);
    }

    @Test
    void takesTheDefaultAfterAKeyWasDeleted() throws Exception {
        keys.has(ada, "private", "sk-adas-own");
        conversations.set(adasTripPlan, null, null, "three");
        var before = start("Hello, with a key");
        answer(nextExchange());

        keys.clear();
        var after = start("Hello, without one");
        answer(nextExchange());

        assertThat(before.provider()).isEqualTo("private");
        assertThat(after.provider()).isEqualTo("scripted");
    }

    @ParameterizedTest
    @CsvSource({
        // provider, model, pointer
        "gone, , /provider",
        "gone, one, /provider",
        "private, three, /provider",
        ", gone, /model",
        ", three, /model",
        "other, two, /model",
    })
    void refusesWhatCannotBeUsedNow(String provider, String model, String pointer) throws Exception {
        var turn = start("Hello, for once");
        answer(nextExchange());

        assertThat(pointer(problemOf(ask(ada, Ids.next(), "Hello", provider, model))))
                .isEqualTo(pointer);
        assertThat(pointer(problemOf(regenerate(turn, provider, model)))).isEqualTo(pointer);
        assertThat(pointer(problemOf(check(provider, model, "")))).isEqualTo(pointer);
        assertThat(pointer(problemOf(check(provider, model, "default_")))).isEqualTo(pointer.replace("/", "/default_"));
    }

    @ParameterizedTest
    @CsvSource({"scripted, ", "scripted, two", "other, one", ", two", ", one"})
    void allowsWhatCanBeUsedNow(String provider, String model) {
        assertThat(Answers.of(check(provider, model, ""))).isEqualTo(None.NONE);
    }

    @ParameterizedTest
    @CsvSource({"scripted", "other"})
    void tellsTheModelInstructionsFromTheMostGeneralToTheTurns(String provider) throws Exception {
        conversations.set(adasTripPlan, "It is about a trip.", null, null);
        users.set("Call me Countess.", null, null);
        talk.say(adasTripPlan, ada, MessagesFake.draft(Role.SYSTEM, "Stored before."));
        said = "Hello, in order";
        var turn = Answers.of(bus.ask(
                        Chat.START,
                        new Chat.Start(
                                ada,
                                Ids.next(),
                                adasTripPlan,
                                said,
                                provider,
                                null,
                                "In French, please.",
                                null,
                                Patch.absent())))
                .turn();
        var first = nextExchange();
        answer(first);
        Answers.of(bus.ask(
                Chat.REGENERATE,
                new Chat.Regenerate(ada, turn.id(), Ids.next(), provider, null, "In French, please.", null)));
        var again = nextExchange();
        answer(again);

        // A lenient provider gets the stored ones where they stand in the conversation.
        var inOrder = provider.equals("other")
                ? new String[] {
                    "Be civil.", "You are Parley", "Call me Countess.", "It is about a trip.", "In French, please."
                }
                : new String[] {
                    "Be civil.",
                    "You are Parley",
                    "Call me Countess.",
                    "It is about a trip.",
                    "Stored before.",
                    "In French, please."
                };
        assertThat(system(first)).containsSubsequence(inOrder);
        assertThat(system(again)).containsSubsequence(inOrder);
    }

    @Test
    void leavesOutEmptyInstructions() throws Exception {
        conversations.set(adasTripPlan, " ", null, null);
        users.set("", null, null);
        start("Hello, without any");
        var exchange = nextExchange();
        answer(exchange);

        assertThat(system(exchange)).startsWith("Be civil.\n\nYou are Parley").doesNotContain("\n\n\n");
    }

    private Future<Chat.Started> regenerate(Turn turn, String provider, String model) {
        return bus.ask(Chat.REGENERATE, new Chat.Regenerate(ada, turn.id(), Ids.next(), provider, model, null, null));
    }

    private Future<None> check(String provider, String model, String prefix) {
        return bus.ask(Chat.CHECK_MODEL, new Chat.CheckModel(ada, provider, model, prefix));
    }

    private static void answer(ModelExchange exchange) throws Exception {
        exchange.begin().write(ModelEvents.answer("Hello.")).end();
        nextOutcome();
    }

    private static String pointer(Problem problem) {
        assertThat(problem.kind()).isEqualTo(Kind.INVALID);
        return problem.faults().get(0).pointer();
    }

    private static String system(ModelExchange exchange) {
        return exchange.body().getJsonArray("messages").getJsonObject(0).getString("content");
    }
}
