package io.parley.assistant.turns;

import static io.parley.testing.Answers.problemOf;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static io.parley.testing.Fixtures.grace;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.history.TokenEstimate;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Summaries;
import io.parley.contracts.assistant.Summary;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
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
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Summaries of conversations, in turns with a history of at most 1000 tokens and on request. */
@Tag(LiveTurns.SUMMARIES)
class TurnSummariesTest extends LiveTurns {
    /** About 25 tokens each. */
    private static final String WORDS = " Word" + " word".repeat(19);

    TurnSummariesTest(Bus bus, Database database) {
        super(bus, database);
    }

    @BeforeEach
    void forgetRequests() {
        model.always(ModelScript.answer("Unexpected"));
        while (model.hasNext()) Answers.of(model.next());
    }

    @Test
    void summarisesTheOldestMessagesIfThePromptIsTooLarge() throws Exception {
        talk.say(adasTripPlan, ada, MessagesFake.draft(Role.SYSTEM, "Be kind."));
        talk(0, 60);
        model.plays(
                ModelScript.answer("They counted to a number."),
                ModelScript.answer("They counted further."),
                ModelScript.answer("They counted far."),
                ModelScript.answer("Sixty."));

        var turn = start("How far did we get?");
        assertThat(typesToTheEnd())
                .containsSubsequence(
                        TurnEvent.Type.TURN_STARTED, TurnEvent.Type.SUMMARY_CREATED, TurnEvent.Type.CONTENT_DELTA);

        var requests = requests();
        var prompt = requests.remove(requests.size() - 1);
        assertThat(requests).isNotEmpty().allSatisfy(request -> {
            assertThat(request.containsKey("tools")).isFalse();
            assertThat(request.encode()).doesNotContain("Be kind.", "How far");
            assertThat(tokens(request)).isLessThanOrEqualTo(1000);
        });
        assertThat(requests.get(0).encode()).contains("0." + WORDS);
        assertThat(requests.get(1).encode())
                .contains("They counted to a number.")
                .doesNotContain("0." + WORDS + "\\n1.");

        var summary = Answers.of(find());
        assertThat(summary)
                .returns(Summary.Kind.MODEL, Summary::kind)
                .returns("scripted", Summary::provider)
                .returns("one", Summary::model);
        assertThat(summary.usage()).isEqualTo(new Summary.Usage(7 * requests.size(), 3 * requests.size()));
        var covered = talk.messages().subList(0, summary.messageCount());
        assertThat(covered.get(covered.size() - 1).id()).isEqualTo(summary.upToMessageId());
        assertThat(talk.messages().get(summary.messageCount()).role()).isEqualTo(Role.USER);
        assertThat(systemMessage(prompt)).contains("Be kind.").endsWith(summary.text());
        assertThat(spoken(prompt))
                .containsExactlyElementsOf(contents(talk.messages()
                        .subList(summary.messageCount(), talk.messages().size() - 1)));
        assertThat(talk
                        .messages()
                        .subList(summary.messageCount(), talk.messages().size() - 1)
                        .stream()
                        .mapToInt(TokenEstimate::of)
                        .sum())
                .isBetween(400, 500);
        assertThat(find(turn).usage()).isEqualTo(new Usage(7, 3, 0, 0, 0, 10 * requests.size()));
        assertThat(events(turn, 1).get(0).data())
                .isEqualTo(new Json("{\"up_to_message_id\":\"" + summary.upToMessageId() + "\"}"));
    }

    @Test
    void sendsTheSummaryAndEverythingAfterItInLaterTurns() throws Exception {
        summarised("They counted.");
        var first = Answers.of(find());

        model.plays(ModelScript.answer("Again."));
        assertThat(completed(start("And now?"))).isEqualTo(Status.COMPLETED);

        var requests = requests();
        assertThat(requests).hasSize(1);
        assertThat(systemMessage(requests.get(0))).endsWith("They counted.");
        assertThat(spoken(requests.get(0))).hasSize(talk.messages().size() - 1 - first.messageCount());
        assertThat(Answers.of(find())).isEqualTo(first);
    }

    @Test
    void continuesThePreviousSummary() throws Exception {
        summarised("They counted.");
        var first = Answers.of(find());
        talk(100, 20);
        model.plays(ModelScript.answer("They counted on."), ModelScript.answer("Again."));

        var turn = start("And now?");
        assertThat(completed(turn)).isEqualTo(Status.COMPLETED);

        var requests = requests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).encode()).contains("They counted.", "100.").doesNotContain(" 0." + WORDS);
        assertThat(systemMessage(requests.get(1))).endsWith("They counted on.");
        assertThat(Answers.of(find()).messageCount()).isGreaterThan(first.messageCount());
        assertThat(find(turn).usage().overheadTokens()).isEqualTo(10);
    }

    @Test
    void extractsFirstSentencesIfTheModelFailsAndTriesAgainInTheNextTurn() throws Exception {
        talk(0, 60);
        model.plays(ModelScript.status(500), ModelScript.answer("Sixty."));
        assertThat(completed(start("How far?"))).isEqualTo(Status.COMPLETED);

        var extract = Answers.of(find());
        assertThat(extract.kind()).isEqualTo(Summary.Kind.EXTRACTIVE);
        assertThat(extract.text().lines()).last().asString().matches("(User|Assistant): [0-9]+\\.");
        assertThat(extract.tokenCount()).isLessThanOrEqualTo(200);
        var answered = requests();
        assertThat(systemMessage(answered.get(answered.size() - 1))).endsWith(extract.text());

        model.plays(ModelScript.status(401), ModelScript.answer("Still sixty."));
        assertThat(completed(start("Sure?"))).isEqualTo(Status.COMPLETED);
        assertThat(Answers.of(find())).isEqualTo(extract);
        requests();

        model.always(ModelScript.answer("They counted."));
        assertThat(completed(start("Really?"))).isEqualTo(Status.COMPLETED);
        assertThat(Answers.of(find()))
                .returns(Summary.Kind.MODEL, Summary::kind)
                .returns("They counted.", Summary::text)
                .returns(extract.upToMessageId(), Summary::upToMessageId);
    }

    @Test
    void isInvalidWhileWhatItCoversIsNotAsItWas() throws Exception {
        summarised("They counted.");
        var summary = Answers.of(find());
        var third = talk.messages().get(2);
        var leaf = talk.leaf(adasTripPlan);

        talk.edit(third.id(), "Something else");
        noSummary();
        talk.edit(third.id(), String.valueOf(third.content()));
        assertThat(Answers.of(find())).isEqualTo(summary);

        Answers.of(bus.ask(Messages.BRANCH_OFF, new Messages.BranchOff(ada, third.id())));
        noSummary();
        Answers.of(bus.ask(Messages.BRANCH_OFF, new Messages.BranchOff(ada, leaf)));
        assertThat(Answers.of(find())).isEqualTo(summary);

        talk.edit(talk.messages().get(summary.messageCount()).id(), "Not covered");
        assertThat(Answers.of(find())).isEqualTo(summary);
    }

    @Test
    void isNotUsedIfWhatItCoversChangesWhileItIsMade() throws Exception {
        talk(0, 60);
        var edited = talk.messages().get(1).id();
        model.always(exchange -> {
            talk.edit(edited, "1. Changed.");
            var asked = exchange.body().encode();
            boolean isOld = asked.contains(" 1." + WORDS) || asked.contains("It is old.");
            ModelScript.answer(isOld ? "It is old." : "It is new.").play(exchange);
        });

        assertThat(completed(start("How far?"))).isEqualTo(Status.COMPLETED);

        var requests = requests();
        assertThat(systemMessage(requests.get(requests.size() - 1))).endsWith("It is new.");
        assertThat(Answers.of(find()).text()).isEqualTo("It is new.");
    }

    @Test
    void summarisesOnRequestAllButTheLastTwoQuestions() throws Exception {
        conversation();
        model.plays(ModelScript.answer("They talked."));

        var summary = Answers.of(create(null));

        assertThat(summary)
                .returns("They talked.", Summary::text)
                .returns(2, Summary::messageCount)
                .returns(new Summary.Usage(7, 3), Summary::usage)
                .returns(talk.messages().get(1).id(), Summary::upToMessageId);
        assertThat(Answers.of(find())).isEqualTo(summary);
        requests();
        model.plays(ModelScript.answer("Yes."));
        completed(start("Anything else?"));
        var prompt = requests().get(0);
        assertThat(systemMessage(prompt)).endsWith("They talked.");
        assertThat(spoken(prompt)).containsExactly("Second?", "Two.", "Third?", "Three.", "Anything else?");
    }

    @Test
    void summarisesOnRequestUpToAMessage() {
        conversation();
        model.plays(ModelScript.answer("They began."), ModelScript.answer("They went on."));

        Answers.of(create(talk.messages().get(0).id()));
        var second = Answers.of(create(talk.messages().get(3).id()));

        assertThat(second.messageCount()).isEqualTo(4);
        assertThat(requests().get(1).encode()).contains("They began.", "One.").doesNotContain("First?");
    }

    @Test
    void keepsThePreviousSummaryIfTheModelFails() {
        conversation();
        model.plays(ModelScript.answer("They talked."), ModelScript.status(500));
        var summary = Answers.of(create(null));

        assertThat(problemOf(create(talk.messages().get(4).id())).kind()).isEqualTo(Kind.UNAVAILABLE);

        assertThat(Answers.of(find())).isEqualTo(summary);
    }

    @Test
    void refusesWhatCannotBeSummarised() {
        assertThat(problemOf(create(null)).kind()).isEqualTo(Kind.CONFLICT);
        conversation();
        var elsewhere = talk.messages().get(5).id();
        Answers.of(bus.ask(
                Messages.BRANCH_OFF,
                new Messages.BranchOff(ada, talk.messages().get(3).id())));

        assertThat(problemOf(create(null)).kind()).isEqualTo(Kind.CONFLICT);
        for (var id : List.of(elsewhere, Ids.next()))
            assertThat(problemOf(create(id)).faults().get(0).pointer()).isEqualTo("/up_to_message_id");
        noSummary();
        for (var refused : List.<Future<?>>of(
                bus.ask(Summaries.FIND, new Summaries.Find(grace, adasTripPlan)),
                bus.ask(Summaries.CREATE, new Summaries.Create(grace, adasTripPlan, null))))
            assertThat(problemOf(refused).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(problemOf(bus.ask(Summaries.FIND, new Summaries.Find(ada, Ids.next())))
                        .kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(requests()).isEmpty();
    }

    @Test
    void refusesToSummariseWhileATurnRuns() throws Exception {
        conversation();
        model.plays(ModelScript.hang());
        start("Fourth?");
        var exchange = Answers.of(model.next());

        assertThat(problemOf(create(null)).kind()).isEqualTo(Kind.CONFLICT);

        exchange.begin().write(ModelEvents.answer("Four.")).end();
        typesToTheEnd();
    }

    @Test
    void isRefusedIfTheConversationChangesWhileItIsMade() {
        conversation();
        model.plays(exchange -> {
            talk.edit(talk.messages().get(0).id(), "Changed");
            ModelScript.answer("They talked.").play(exchange);
        });

        assertThat(problemOf(create(null)).kind()).isEqualTo(Kind.CONFLICT);
        noSummary();
    }

    @Test
    void stopsWithItsTurn() throws Exception {
        talk(0, 60);
        model.plays(ModelScript.hang());
        var turn = start("How far?");
        var exchange = Answers.of(model.next());

        Answers.of(bus.ask(Chat.STOP, new Chat.Stop(ada, turn.id())));

        Answers.of(exchange.closed());
        assertThat(completed(turn)).isEqualTo(Status.CANCELLED);
        noSummary();
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

        Answers.of(create(talk.messages().get(2).id()));

        assertThat(requests().get(0).encode())
                .contains("User: I need milk.", "add_task", "Result of a tool: added")
                .doesNotContain("secret thoughts");
    }

    /** Numbered messages of the user and the assistant in turn. */
    private void talk(int from, int count) {
        for (int n = from; n < from + count; n++)
            talk.say(adasTripPlan, ada, MessagesFake.draft(n % 2 == 0 ? Role.USER : Role.ASSISTANT, n + "." + WORDS));
    }

    private void conversation() {
        var texts = List.of("First?", "One.", "Second?", "Two.", "Third?", "Three.");
        for (int at = 0; at < texts.size(); at++)
            talk.say(adasTripPlan, ada, MessagesFake.draft(at % 2 == 0 ? Role.USER : Role.ASSISTANT, texts.get(at)));
    }

    private void summarised(String text) throws InterruptedException {
        talk(0, 60);
        model.always(ModelScript.answer(text));
        assertThat(completed(start("How far?"))).isEqualTo(Status.COMPLETED);
        requests();
        model.always(ModelScript.answer("Unexpected"));
    }

    private Future<Summary> find() {
        return bus.ask(Summaries.FIND, new Summaries.Find(ada, adasTripPlan));
    }

    private Future<Summary> create(@Nullable UUID upTo) {
        return bus.ask(Summaries.CREATE, new Summaries.Create(ada, adasTripPlan, upTo));
    }

    private void noSummary() {
        assertThat(problemOf(find()).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    private static List<JsonObject> requests() {
        var requests = new ArrayList<JsonObject>();
        while (model.hasNext()) requests.add(Answers.of(model.next()).body());
        return requests;
    }

    private static int tokens(JsonObject request) {
        return request.getJsonArray("messages").stream()
                .mapToInt(message -> TokenEstimate.of(((JsonObject) message).getString("content")))
                .sum();
    }

    private static String systemMessage(JsonObject prompt) {
        return prompt.getJsonArray("messages").getJsonObject(0).getString("content");
    }

    private static List<String> spoken(JsonObject prompt) {
        return prompt.getJsonArray("messages").stream()
                .skip(1)
                .map(message -> ((JsonObject) message).getString("content"))
                .toList();
    }

    private static List<@Nullable String> contents(List<Message> messages) {
        return messages.stream().map(Message::content).toList();
    }
}
