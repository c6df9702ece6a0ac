package io.parley.config.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.chat.ChatConversation;
import io.parley.config.system.chat.ModelPrompt;
import io.parley.config.system.chat.TurnEvents;
import io.parley.config.system.chat.TurnEvents.Event;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.JarDatabase;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Turns whose program was killed: within a text, during a tool call, and after its result. */
class TurnsKillIT {
    private static final ModelHost host = new ModelHost();
    private static final ScriptedModel model = host.model;
    private static final String KEY = UUID.randomUUID().toString();

    private static ParleyJar jar;
    private static Cut inText;
    private static Cut inTool;
    private static Cut afterTool;

    /** The events received before the kill, and all events of the turn after its recovery. */
    private record Cut(ChatConversation chat, String turn, List<Event> received, List<Event> events) {
        static Cut at(ChatConversation chat, List<Event> received) {
            return new Cut(chat, received.get(0).data().get("turn_id").asText(), received, List.of());
        }

        Cut followedOn(ApiClient again) {
            var chatAgain = chat.on(again);
            return new Cut(chatAgain, turn, received, chatAgain.follow(turn).toTheEnd());
        }
    }

    @BeforeAll
    static void killInTheMiddle() throws SQLException {
        jar = ParleyJar.start(ParleyJar.freshData(), host.settings());
        var ada = TestUser.registered(new ApiClient(jar.uri()), "ada");
        inText = inText(ChatConversation.start(ada.api()));
        afterTool = afterTool(ChatConversation.start(ada.api()));
        try (var connection = JarDatabase.of(jar).url().connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE tasks");
            inTool = inTool(ChatConversation.start(ada.api()));
            jar.kill();
        }

        jar = ParleyJar.start(jar.data(), host.settings());
        var again = new ApiClient(jar.uri()).as(ada.accessToken());
        inText = inText.followedOn(again);
        inTool = inTool.followedOn(again);
        afterTool = afterTool.followedOn(again);
    }

    private static Cut inText(ChatConversation chat) {
        model.plays(ModelScript.hangAfter(ModelEvents.text("Half "), ModelEvents.text("an ")));
        var events =
                new TurnEvents(chat.api(), chat.request("Tell me a story", KEY).with("Accept", "text/event-stream"));
        var received = events.until("content.delta");
        while (!TurnEvents.text(received).equals("Half an ")) received.add(events.next());
        return Cut.at(chat, received);
    }

    private static Cut afterTool(ChatConversation chat) {
        model.plays(
                ModelScript.stream(
                        ModelEvents.text("Let me see. "),
                        ModelEvents.call(0, "c1", "list_tasks", "{}"),
                        ModelEvents.finish("tool_calls"),
                        ModelEvents.DONE),
                ModelScript.hangAfter(ModelEvents.text("There is ")));
        var events = chat.stream("What is there to do?");
        var received = events.until("tool.result");
        received.addAll(events.until("content.delta"));
        return Cut.at(chat, received);
    }

    private static Cut inTool(ChatConversation chat) {
        model.plays(ModelScript.stream(
                ModelEvents.text("One moment. "),
                ModelEvents.call(0, "c1", "no_such_tool", "{}"),
                ModelEvents.call(1, "c2", "add_task", "{\"title\":\"Buy milk\"}"),
                ModelEvents.call(2, "c3", "add_task", "{\"title\":\"Buy bread\"}"),
                ModelEvents.finish("tool_calls"),
                ModelEvents.DONE));
        var events = chat.stream("I need milk and bread");
        var received = events.until("tool.result");
        received.addAll(events.until("tool.call"));
        return Cut.at(chat, received);
    }

    @AfterAll
    static void stop() {
        jar.close();
        host.close();
    }

    @Test
    void keepsTheTextThatWasTold() {
        assertFailed(inText);
        assertThat(roles(inText)).containsExactly("user", "assistant");
        assertThat(contents(inText)).containsExactly("Tell me a story", "Half an ");
        assertThat(lastMessage(inText).at("/metadata/status").asText()).isEqualTo("incomplete");
    }

    @Test
    void givesEveryCallAResult() {
        assertFailed(inTool);
        assertThat(roles(inTool)).containsExactly("user", "assistant", "tool", "tool", "tool");
        assertThat(contents(inTool)).startsWith("I need milk and bread", "One moment. ");
        assertThat(inTool.chat().messages().subList(2, 5))
                .extracting(
                        message -> message.at("/tool_results/0/tool_call_id").asText())
                .containsExactly("c1", "c2", "c3");
        assertThat(contents(inTool).get(2)).contains("no such tool");
        assertThat(contents(inTool).subList(3, 5)).allMatch(result -> result.contains("not known"));
    }

    @Test
    void keepsTheTextBehindAResult() {
        assertFailed(afterTool);
        assertThat(roles(afterTool)).containsExactly("user", "assistant", "tool", "assistant");
        assertThat(contents(afterTool))
                .startsWith("What is there to do?", "Let me see. ")
                .endsWith("There is ");
        assertThat(lastMessage(afterTool).at("/metadata/status").asText()).isEqualTo("incomplete");
    }

    @Test
    void isTheSameTurnUnderItsKey() {
        var chat = inText.chat();

        var again = chat.api().send(chat.request("Tell me a story", KEY)).expect(200);

        assertThat(again.json().at("/turn/id").asText()).isEqualTo(inText.turn());
        assertThat(again.json().at("/turn/status").asText()).isEqualTo("failed");
        assertThat(again.json().get("messages"))
                .hasSameSizeAs(last(inText).data().get("messages"));
    }

    @Test
    void goesOnWithTheNextTurn() {
        for (var cut : List.of(inText, inTool, afterTool)) {
            var before = contents(cut);
            model.plays(ModelScript.answer("Good morning."));

            var answer = cut.chat().send("Are you there?").expect(200).json();

            assertThat(answer.at("/turn/status").asText()).isEqualTo("completed");
            assertThat(cut.chat().messages())
                    .extracting(message -> message.get("content").asText())
                    .startsWith(before.toArray(String[]::new))
                    .endsWith("Are you there?", "Good morning.");
            var told = toldLast().expectWellFormed();
            assertThat(told.contents()).containsSubsequence(before).endsWith("Are you there?");
        }
    }

    private static ModelPrompt toldLast() {
        while (true) {
            var told = ModelPrompt.in(Answers.of(model.next()));
            if (told.contents().contains("Are you there?")) return told;
        }
    }

    // The events received before are sent again, and nothing stored is missing or repeated.
    private static void assertFailed(Cut cut) {
        assertThat(cut.events()).startsWith(cut.received().toArray(Event[]::new));
        assertThat(cut.events())
                .extracting(Event::id)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, cut.events().size()).boxed().toList());
        assertThat(last(cut).type()).isEqualTo("turn.failed");
        assertThat(last(cut).data().at("/problem/status").asInt()).isEqualTo(503);
        assertThat(cut.chat().turn(cut.turn()).get("status").asText()).isEqualTo("failed");
        assertThat(last(cut).data().get("messages")).hasSameSizeAs(turnsMessages(cut));
        assertThat(TurnEvents.text(cut.events())).isEqualTo(assistantsText(cut));
    }

    private static Event last(Cut cut) {
        return cut.events().get(cut.events().size() - 1);
    }

    private static JsonNode lastMessage(Cut cut) {
        var messages = turnsMessages(cut);
        return messages.get(messages.size() - 1);
    }

    // Another test may have continued the conversation already.
    private static List<JsonNode> turnsMessages(Cut cut) {
        return cut.chat().messages().stream()
                .limit(last(cut).data().get("messages").size())
                .toList();
    }

    private static String assistantsText(Cut cut) {
        return turnsMessages(cut).stream()
                .filter(message -> message.get("role").asText().equals("assistant"))
                .map(message -> message.get("content").asText(""))
                .reduce("", String::concat);
    }

    private static List<String> roles(Cut cut) {
        return turnsMessages(cut).stream()
                .map(message -> message.get("role").asText())
                .toList();
    }

    private static List<String> contents(Cut cut) {
        return turnsMessages(cut).stream()
                .map(message -> message.get("content").asText())
                .toList();
    }
}
