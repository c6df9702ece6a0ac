package io.parley.config.system.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A turn fails after the configured time if the provider hangs, at any point of its answer. */
class TurnTimeoutIT {
    private static final ModelHost host = new ModelHost();
    private static final ScriptedModel model = host.model;
    private static ParleyJar jar;
    private static ApiClient ada;

    @BeforeAll
    static void start() {
        jar = ParleyJar.start(ParleyJar.freshData(), host.settings(Map.of("PARLEY_ASSISTANT_TURN_TIMEOUT", "1500ms")));
        ada = TestUser.registered(new ApiClient(jar.uri()), "ada").api();
    }

    @AfterAll
    static void stop() {
        jar.close();
        host.close();
    }

    static Stream<ModelScript> stuck() {
        return Stream.of(
                ModelScript.hang(),
                ModelScript.hangAfter(ModelEvents.role()),
                ModelScript.hangAfter(ModelEvents.COMMENT),
                ModelScript.hangAfter(ModelEvents.call(0, "c1", "add_task", "{\"title\":")));
    }

    @ParameterizedTest
    @MethodSource("stuck")
    void failsWhereTheProviderHangs(ModelScript script) {
        var chat = ChatConversation.start(ada);
        model.plays(script);

        var answer = chat.send("Good morning").expect(200).json();

        assertThat(answer.at("/turn/status").asText()).isEqualTo("failed");
        assertThat(answer.at("/turn/error").asText()).isEqualTo("The provider did not answer in time.");
        assertThat(chat.messages())
                .extracting(message -> message.get("content").asText())
                .containsExactly("Good morning");
        Answers.of(Answers.of(model.next()).closed());
    }

    @Test
    void keepsWhatWasSaidUntilThen() {
        var chat = ChatConversation.start(ada);
        model.plays(ModelScript.hangAfter(ModelEvents.text("Good "), ModelEvents.text("mor")));

        var events = chat.stream("Good morning").toTheEnd();

        var last = events.get(events.size() - 1);
        assertThat(last.type()).isEqualTo("turn.failed");
        assertThat(last.data().at("/problem/status").asInt()).isEqualTo(504);
        assertThat(TurnEvents.text(events)).isEqualTo("Good mor");
        var kept = chat.messages().get(1);
        assertThat(kept.get("content").asText()).isEqualTo("Good mor");
        assertThat(kept.at("/metadata/status").asText()).isEqualTo("incomplete");
        Answers.of(Answers.of(model.next()).closed());
    }

    @Test
    void countsTheRoundsOfToolsTogether() {
        var chat = ChatConversation.start(ada);
        model.plays(
                ModelScript.stream(
                        ModelEvents.call(0, "c1", "list_tasks", "{}"),
                        ModelEvents.finish("tool_calls"),
                        ModelEvents.DONE),
                ModelScript.hang());

        var answer = chat.send("What is there to do?").expect(200).json();

        assertThat(answer.at("/turn/status").asText()).isEqualTo("failed");
        assertThat(answer.get("messages").findValuesAsText("role")).containsExactly("user", "assistant", "tool");
        Answers.of(model.next());
        Answers.of(Answers.of(model.next()).closed());
    }
}
