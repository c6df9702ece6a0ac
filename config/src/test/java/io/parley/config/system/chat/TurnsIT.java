package io.parley.config.system.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.JarDatabase;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.config.system.harness.SharedJarExtension;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelExchange;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Turns with a model, followed and stopped on the node that runs them and on a second one. */
@ExtendWith(SharedJarExtension.class)
class TurnsIT {
    private static final ModelHost host = new ModelHost();
    private static final ScriptedModel model = host.model;
    private static ParleyJar here;
    private static ParleyJar there;

    private ChatConversation chat;
    private ChatConversation chatThere;

    @BeforeAll
    static void startBoth(ParleyJar jar) {
        var settings = host.settings(Map.of(
                "PARLEY_DATABASE_URL",
                JarDatabase.of(jar).empty("turns").setting(),
                "PARLEY_JWT_SECRET",
                "a secret of both, 32 bytes or longer"));
        here = ParleyJar.start(ParleyJar.freshData(), settings);
        there = ParleyJar.start(ParleyJar.freshData(), settings);
    }

    @AfterAll
    static void stopBoth() {
        Stream.of(here, there).parallel().forEach(ParleyJar::close);
        host.close();
    }

    @BeforeEach
    void begin() {
        var ada = TestUser.registered(new ApiClient(here.uri()), "ada");
        chat = ChatConversation.start(ada.api());
        chatThere = chat.on(new ApiClient(there.uri()).as(ada.accessToken()));
    }

    @Test
    void tellsEachWordBeforeTheNextIsMade() {
        var events = chat.stream("Good morning");
        var answer = nextExchange();

        answer.write(ModelEvents.text("Good "));
        assertThat(TurnEvents.text(events.until("content.delta"))).isEqualTo("Good ");
        answer.write(ModelEvents.text("morning."));
        assertThat(TurnEvents.text(events.until("content.delta"))).isEqualTo("morning.");
        finish(answer);

        var last = events.toTheEnd();
        assertThat(last).extracting(TurnEvents.Event::type).containsExactly("turn.completed");
        assertThat(last.get(0).data().at("/usage/completion_tokens").asInt()).isEqualTo(2);
    }

    @Test
    void goesOnOnAnotherNodeWithNothingLostOrDoubled() {
        var begun = chat.stream("Tell me a story");
        var answer = nextExchange();
        answer.write(ModelEvents.text("Once "));
        var received = new ArrayList<>(begun.until("content.delta"));
        var turn = received.get(0).data().get("turn_id").asText();

        var rest = chatThere.follow(turn, received.get(received.size() - 1).id());
        answer.write(ModelEvents.text("upon "));
        received.addAll(rest.until("content.delta"));
        answer.write(ModelEvents.text("a time."));
        finish(answer);
        received.addAll(rest.toTheEnd());

        assertThat(TurnEvents.text(received)).isEqualTo("Once upon a time.");
        assertThat(received)
                .extracting(TurnEvents.Event::id)
                .isEqualTo(
                        Stream.iterate(1, id -> id + 1).limit(received.size()).toList());
        assertThat(begun.toTheEnd()).endsWith(received.get(received.size() - 1));
    }

    @Test
    void isStoppedFromAnotherNodeAndKeepsTheTextSoFar() {
        var events = chat.stream("Tell me a long story");
        var answer = nextExchange();
        answer.write(ModelEvents.text("Half "));
        var turn = events.until("content.delta").get(0).data().get("turn_id").asText();

        chatThere.api().delete("/api/v1/chat/turns/" + turn).expect(204);

        Answers.of(answer.closed());
        assertThat(events.toTheEnd()).extracting(TurnEvents.Event::type).containsExactly("turn.cancelled");
        assertThat(chatThere.turn(turn).get("status").asText()).isEqualTo("cancelled");
        var kept = chat.messages().get(1);
        assertThat(kept.get("content").asText()).isEqualTo("Half ");
        assertThat(kept.at("/metadata/status").asText()).isEqualTo("incomplete");
    }

    @Test
    void answersInAConversationThatIsInTheTrashMeanwhile() {
        var events = chat.stream("Tell me a story");
        var answer = nextExchange();
        answer.write(ModelEvents.text("Once "));
        events.until("content.delta");
        var conversation = "/api/v1/conversations/" + chat.id();
        chat.api().delete(conversation).expect(204);

        answer.write(ModelEvents.text("upon a time."));
        finish(answer);
        assertThat(events.toTheEnd())
                .extracting(TurnEvents.Event::type)
                .endsWith("turn.completed")
                .doesNotContain("turn.failed");

        chat.api().get(conversation + "/messages").expect(404);
        chat.api().post(conversation + "/restore", "").expect(200);
        assertThat(chat.messages())
                .extracting(message -> message.get("content").asText())
                .containsExactly("Tell me a story", "Once upon a time.");
    }

    @Test
    void refusesASecondTurnInAConversationWhileOneIsRunning() {
        var events = chat.stream("First");
        var answer = nextExchange();

        chat.send("Second").expect(409);
        chatThere.send("Third").expect(409);

        finish(answer.write(ModelEvents.text("Yes?")));
        events.toTheEnd();
        model.plays(ModelScript.answer("Now."));
        chatThere.send("Fourth").expect(200);
        nextExchange();
        assertThat(chat.messages())
                .extracting(message -> message.get("content").asText())
                .containsExactly("First", "Yes?", "Fourth", "Now.");
    }

    @Test
    void letsAModelCallToolsInEightRoundsAndNoMore() {
        var call = ModelScript.stream(
                ModelEvents.call(0, "call_1", "list_tasks", "{}"), ModelEvents.finish("tool_calls"), ModelEvents.DONE);
        model.plays(Stream.generate(() -> call).limit(9).toArray(ModelScript[]::new));

        var turn = chat.send("Look again and again").expect(200).json();

        assertThat(turn.at("/turn/status").asText()).isEqualTo("failed");
        assertThat(turn.get("messages").findValuesAsText("role")).hasSize(1 + 8 * 2);
        var exchanges = Stream.generate(TurnsIT::nextExchange).limit(9).toList();
        assertThat(exchanges.subList(0, 8)).allMatch(exchange -> exchange.body().containsKey("tools"));
        assertThat(exchanges.get(8).body().containsKey("tools")).isFalse();
    }

    private static ModelExchange nextExchange() {
        return Answers.of(model.next());
    }

    private static void finish(ModelExchange answer) {
        List.of(ModelEvents.finish("stop"), ModelEvents.usage(3, 2), ModelEvents.DONE)
                .forEach(answer::write);
        answer.end();
    }
}
