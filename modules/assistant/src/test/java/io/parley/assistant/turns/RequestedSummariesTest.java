package io.parley.assistant.turns;

import static io.parley.assistant.turns.SampleSummaries.requests;
import static io.parley.assistant.turns.SampleSummaries.spoken;
import static io.parley.assistant.turns.SampleSummaries.systemMessage;
import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.contracts.assistant.Summaries;
import io.parley.contracts.assistant.Summary;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.MessageDraft;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem.Kind;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Summaries of conversations that users ask for. */
@Tag(LiveTurns.SUMMARIES)
class RequestedSummariesTest extends LiveTurns {
    private final SampleSummaries summaries;

    RequestedSummariesTest(Bus bus, Database database) {
        super(bus, database);
        summaries = new SampleSummaries(bus, talk);
    }

    @BeforeEach
    void forgetRequests() {
        model.always(ModelScript.answer("Unexpected"));
        while (model.hasNext()) Answers.of(model.next());
    }

    @Test
    void summarisesOnRequestAllButTheLastTwoQuestions() throws Exception {
        summaries.threeQuestions();
        model.plays(ModelScript.answer("They talked."));

        var summary = Answers.of(summaries.create(null));

        assertThat(summary)
                .returns("They talked.", Summary::text)
                .returns(2, Summary::messageCount)
                .returns(new Summary.Usage(7, 3), Summary::usage)
                .returns(talk.messages().get(1).id(), Summary::upToMessageId);
        assertThat(Answers.of(summaries.find())).isEqualTo(summary);
        requests(model);
        model.plays(ModelScript.answer("Yes."));
        completed(start("Anything else?"));
        var prompt = requests(model).get(0);
        assertThat(systemMessage(prompt)).endsWith("They talked.");
        assertThat(spoken(prompt)).containsExactly("Second?", "Two.", "Third?", "Three.", "Anything else?");
    }

    @Test
    void summarisesOnRequestUpToAMessage() {
        summaries.threeQuestions();
        model.plays(ModelScript.answer("They began."), ModelScript.answer("They went on."));

        Answers.of(summaries.create(talk.messages().get(0).id()));
        var second = Answers.of(summaries.create(talk.messages().get(3).id()));

        assertThat(second.messageCount()).isEqualTo(4);
        assertThat(requests(model).get(1).encode())
                .contains("They began.", "One.")
                .doesNotContain("First?");
    }

    @Test
    void keepsThePreviousSummaryIfTheModelFails() {
        summaries.threeQuestions();
        model.plays(ModelScript.answer("They talked."), ModelScript.status(500));
        var summary = Answers.of(summaries.create(null));

        assertThat(problemOf(summaries.create(talk.messages().get(4).id())).kind())
                .isEqualTo(Kind.UNAVAILABLE);

        assertThat(Answers.of(summaries.find())).isEqualTo(summary);
    }

    @Test
    void refusesWhatCannotBeSummarised() {
        assertThat(problemOf(summaries.create(null)).kind()).isEqualTo(Kind.CONFLICT);
        summaries.threeQuestions();
        var elsewhere = talk.messages().get(5).id();
        Answers.of(bus.ask(
                Messages.BRANCH_OFF,
                new Messages.BranchOff(ada, talk.messages().get(3).id())));

        assertThat(problemOf(summaries.create(null)).kind()).isEqualTo(Kind.CONFLICT);
        for (var id : List.of(elsewhere, Ids.next()))
            assertThat(problemOf(summaries.create(id)).faults().get(0).pointer())
                    .isEqualTo("/up_to_message_id");
        summaries.assertNone();
        for (var refused : List.<Future<?>>of(
                bus.ask(Summaries.FIND, new Summaries.Find(grace, adasTripPlan)),
                bus.ask(Summaries.CREATE, new Summaries.Create(grace, adasTripPlan, null))))
            assertThat(problemOf(refused).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(Summaries.FIND, new Summaries.Find(ada, Ids.next())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(requests(model)).isEmpty();
    }

    @Test
    void refusesToSummariseWhileATurnRuns() throws Exception {
        summaries.threeQuestions();
        model.plays(ModelScript.hang());
        start("Fourth?");
        var exchange = Answers.of(model.next());

        assertThat(problemOf(summaries.create(null)).kind()).isEqualTo(Kind.CONFLICT);

        exchange.begin().write(ModelEvents.answer("Four.")).end();
        typesToTheEnd();
    }

    @Test
    void isRefusedIfTheConversationChangesWhileItIsMade() {
        summaries.threeQuestions();
        model.plays(exchange -> {
            talk.edit(talk.messages().get(0).id(), "Changed");
            ModelScript.answer("They talked.").play(exchange);
        });

        assertThat(problemOf(summaries.create(null)).kind()).isEqualTo(Kind.CONFLICT);
        summaries.assertNone();
    }

    @Test
    void tellsTheModelOfToolsButNotOfReasoning() {
        talk.say(adasTripPlan, ada, MessagesFake.draft(Role.USER, "I need milk."));
        Answers.of(bus.ask(
                Messages.POST,
                new Messages.Post(
                        ada,
                        adasTripPlan,
                        Ids.next(),
                        new MessageDraft(
                                null,
                                null,
                                Role.ASSISTANT,
                                null,
                                null,
                                null,
                                new Json("[{\"id\":\"c\",\"function\":{\"name\":\"add_task\",\"arguments\":\"{}\"}}]"),
                                null,
                                null),
                        Messages.Placement.AS_DRAFTED,
                        "secret thoughts",
                        null)));
        talk.say(
                adasTripPlan,
                ada,
                new MessageDraft(
                        null,
                        null,
                        Role.TOOL,
                        "added",
                        null,
                        null,
                        null,
                        new Json("[{\"tool_call_id\":\"c\"}]"),
                        null));
        model.plays(ModelScript.answer("Milk."));

        Answers.of(summaries.create(talk.messages().get(2).id()));

        assertThat(requests(model).get(0).encode())
                .contains("User: I need milk.", "add_task", "Result of a tool: added")
                .doesNotContain("secret thoughts");
    }
}
