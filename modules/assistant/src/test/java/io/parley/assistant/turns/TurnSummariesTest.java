package io.parley.assistant.turns;

import static io.parley.assistant.turns.SampleSummaries.WORDS;
import static io.parley.assistant.turns.SampleSummaries.requests;
import static io.parley.assistant.turns.SampleSummaries.spoken;
import static io.parley.assistant.turns.SampleSummaries.systemMessage;
import static io.parley.testing.Fixtures.ada;
import static io.parley.testing.Fixtures.adasTripPlan;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.assistant.history.TokenEstimate;
import io.parley.contracts.assistant.Chat;
import io.parley.contracts.assistant.Summary;
import io.parley.contracts.assistant.Turn.Status;
import io.parley.contracts.assistant.Turn.Usage;
import io.parley.contracts.assistant.TurnEvent;
import io.parley.contracts.messages.Message;
import io.parley.contracts.messages.Message.Role;
import io.parley.contracts.messages.Messages;
import io.parley.kernel.Bus;
import io.parley.kernel.Json;
import io.parley.storage.Database;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelScript;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Summaries of conversations in turns with a history of at most 1000 tokens. */
@Tag(LiveTurns.SUMMARIES)
class TurnSummariesTest extends LiveTurns {
    private final SampleSummaries summaries;

    TurnSummariesTest(Bus bus, Database database) {
        super(bus, database);
        summaries = new SampleSummaries(bus, talk);
    }

    @BeforeEach
    void forgetRequests() {
        model.always(ModelScript.answer("Unexpected"));
        while (model.hasNext()) Answers.of(model.next());
    }

    @Test
    void summarisesTheOldestMessagesIfThePromptIsTooLarge() throws Exception {
        talk.say(adasTripPlan, ada, MessagesFake.draft(Role.SYSTEM, "Be kind."));
        summaries.count(0, 60);
        model.plays(
                ModelScript.answer("They counted to a number."),
                ModelScript.answer("They counted further."),
                ModelScript.answer("They counted far."),
                ModelScript.answer("Sixty."));

        var turn = start("How far did we get?");
        assertThat(typesToTheEnd())
                .containsSubsequence(
                        TurnEvent.Type.TURN_STARTED, TurnEvent.Type.SUMMARY_CREATED, TurnEvent.Type.CONTENT_DELTA);

        var requests = requests(model);
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

        var summary = Answers.of(summaries.find());
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
        var first = Answers.of(summaries.find());

        model.plays(ModelScript.answer("Again."));
        assertThat(completed(start("And now?"))).isEqualTo(Status.COMPLETED);

        var requests = requests(model);
        assertThat(requests).hasSize(1);
        assertThat(systemMessage(requests.get(0))).endsWith("They counted.");
        assertThat(spoken(requests.get(0))).hasSize(talk.messages().size() - 1 - first.messageCount());
        assertThat(Answers.of(summaries.find())).isEqualTo(first);
    }

    @Test
    void continuesThePreviousSummary() throws Exception {
        summarised("They counted.");
        var first = Answers.of(summaries.find());
        summaries.count(100, 20);
        model.plays(ModelScript.answer("They counted on."), ModelScript.answer("Again."));

        var turn = start("And now?");
        assertThat(completed(turn)).isEqualTo(Status.COMPLETED);

        var requests = requests(model);
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).encode()).contains("They counted.", "100.").doesNotContain(" 0." + WORDS);
        assertThat(systemMessage(requests.get(1))).endsWith("They counted on.");
        assertThat(Answers.of(summaries.find()).messageCount()).isGreaterThan(first.messageCount());
        assertThat(find(turn).usage().overheadTokens()).isEqualTo(10);
    }

    @Test
    void extractsFirstSentencesIfTheModelFailsAndTriesAgainInTheNextTurn() throws Exception {
        summaries.count(0, 60);
        model.plays(ModelScript.status(500), ModelScript.answer("Sixty."));
        assertThat(completed(start("How far?"))).isEqualTo(Status.COMPLETED);

        var extract = Answers.of(summaries.find());
        assertThat(extract.kind()).isEqualTo(Summary.Kind.EXTRACTIVE);
        assertThat(extract.text().lines()).last().asString().matches("(User|Assistant): [0-9]+\\.");
        assertThat(extract.tokenCount()).isLessThanOrEqualTo(200);
        var answered = requests(model);
        assertThat(systemMessage(answered.get(answered.size() - 1))).endsWith(extract.text());

        model.plays(ModelScript.status(401), ModelScript.answer("Still sixty."));
        assertThat(completed(start("Sure?"))).isEqualTo(Status.COMPLETED);
        assertThat(Answers.of(summaries.find())).isEqualTo(extract);
        requests(model);

        model.always(ModelScript.answer("They counted."));
        assertThat(completed(start("Really?"))).isEqualTo(Status.COMPLETED);
        assertThat(Answers.of(summaries.find()))
                .returns(Summary.Kind.MODEL, Summary::kind)
                .returns("They counted.", Summary::text)
                .returns(extract.upToMessageId(), Summary::upToMessageId);
    }

    @Test
    void isInvalidWhileWhatItCoversIsNotAsItWas() throws Exception {
        summarised("They counted.");
        var summary = Answers.of(summaries.find());
        var third = talk.messages().get(2);
        var leaf = conversations.leaf(adasTripPlan);

        talk.edit(third.id(), "Something else");
        summaries.assertNone();
        talk.edit(third.id(), String.valueOf(third.content()));
        assertThat(Answers.of(summaries.find())).isEqualTo(summary);

        Answers.of(bus.ask(Messages.BRANCH_OFF, new Messages.BranchOff(ada, third.id())));
        summaries.assertNone();
        Answers.of(bus.ask(Messages.BRANCH_OFF, new Messages.BranchOff(ada, leaf)));
        assertThat(Answers.of(summaries.find())).isEqualTo(summary);

        talk.edit(talk.messages().get(summary.messageCount()).id(), "Not covered");
        assertThat(Answers.of(summaries.find())).isEqualTo(summary);
    }

    @Test
    void isNotUsedIfWhatItCoversChangesWhileItIsMade() throws Exception {
        summaries.count(0, 60);
        var edited = talk.messages().get(1).id();
        model.always(exchange -> {
            talk.edit(edited, "1. Changed.");
            var asked = exchange.body().encode();
            boolean isOld = asked.contains(" 1." + WORDS) || asked.contains("It is old.");
            ModelScript.answer(isOld ? "It is old." : "It is new.").play(exchange);
        });

        assertThat(completed(start("How far?"))).isEqualTo(Status.COMPLETED);

        var requests = requests(model);
        assertThat(systemMessage(requests.get(requests.size() - 1))).endsWith("It is new.");
        assertThat(Answers.of(summaries.find()).text()).isEqualTo("It is new.");
    }

    @Test
    void stopsWithItsTurn() throws Exception {
        summaries.count(0, 60);
        model.plays(ModelScript.hang());
        var turn = start("How far?");
        var exchange = Answers.of(model.next());

        Answers.of(bus.ask(Chat.STOP, new Chat.Stop(ada, turn.id())));

        Answers.of(exchange.closed());
        assertThat(completed(turn)).isEqualTo(Status.CANCELLED);
        summaries.assertNone();
    }

    private void summarised(String text) throws InterruptedException {
        summaries.count(0, 60);
        model.always(ModelScript.answer(text));
        assertThat(completed(start("How far?"))).isEqualTo(Status.COMPLETED);
        requests(model);
        model.always(ModelScript.answer("Unexpected"));
    }

    private static int tokens(JsonObject request) {
        return request.getJsonArray("messages").stream()
                .mapToInt(message -> TokenEstimate.of(((JsonObject) message).getString("content")))
                .sum();
    }

    private static List<@Nullable String> contents(List<Message> messages) {
        return messages.stream().map(Message::content).toList();
    }
}
