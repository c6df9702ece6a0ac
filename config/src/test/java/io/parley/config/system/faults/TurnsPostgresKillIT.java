package io.parley.config.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.chat.ChatConversation;
import io.parley.config.system.chat.TurnEvents;
import io.parley.config.system.chat.TurnEvents.Event;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Pages;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelExchange;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Turns continue after a kill of PostgreSQL: the model's output waits until it is back. */
class TurnsPostgresKillIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int TURNS = 6;
    private static final String REST = "and so on, ".repeat(100);

    private final ModelHost host = new ModelHost();
    private final ScriptedModel model = host.model;
    private final ParleyJar jar = ParleyJar.start(ParleyJar.freshData(), host.settings());
    private final ApiClient ada =
            TestUser.registered(new ApiClient(jar.uri()), "ada").api();

    /** A turn whose model has begun to answer. */
    private record Open(ChatConversation chat, TurnEvents stream, List<Event> received, ModelExchange exchange) {
        String turn() {
            return received.get(0).data().get("turn_id").asText();
        }

        // A broken stream is resumed after the last event received.
        List<Event> toTheEnd() {
            var stream = this.stream;
            while (!received.get(received.size() - 1).isLast()) {
                try {
                    received.add(stream.next());
                } catch (UncheckedIOException broken) {
                    chat.api().awaitReady(LIMIT);
                    stream = chat.follow(
                            turn(), received.get(received.size() - 1).id());
                }
            }
            return received;
        }
    }

    @AfterEach
    void stop() {
        jar.close();
        host.close();
    }

    @Test
    void losesAndDoublesNothingOfATextOverAKill() {
        var turns = turns();

        jar.killPostgres();
        for (var each : turns) {
            for (var word : REST.split("(?<= )", -1)) each.exchange().write(ModelEvents.text(word));
            each.exchange().write(ModelEvents.finish("stop") + ModelEvents.DONE).end();
        }

        for (var each : turns) {
            var text = completed(each);
            assertThat(text).isEqualTo("Once upon " + REST);
            assertThat(contents(each.chat())).containsExactly("Tell me a story", text);
        }
        goesOn(turns.get(0).chat());
    }

    @Test
    void doesOnceWhatAToolDoesOverAKill() {
        var turns = turns();

        jar.killPostgres();
        for (int at = 0; at < TURNS; at++) {
            model.plays(ModelScript.answer("Done."));
            var title = "{\"title\":\"Task " + at + "\"}";
            turns.get(at)
                    .exchange()
                    .write(ModelEvents.call(0, "c1", "add_task", title)
                            + ModelEvents.finish("tool_calls")
                            + ModelEvents.DONE)
                    .end();
        }

        for (var each : turns) assertThat(completed(each)).isEqualTo("Once upon Done.");
        var added = Pages.of(ada, "/api/v1/tasks", 50);
        assertThat(added).extracting(task -> task.get("title").asText()).doesNotHaveDuplicates();
        for (var each : turns) {
            assertThat(each.chat().messages())
                    .extracting(message -> message.get("role").asText())
                    .containsExactly("user", "assistant", "tool", "assistant");
            var result = Json.read(contents(each.chat()).get(2));
            if (result.has("error")) assertThat(result.get("error").asText()).contains("answer");
        }
        goesOn(turns.get(0).chat());
    }

    private List<Open> turns() {
        return Stream.generate(() -> ChatConversation.start(ada))
                .limit(TURNS)
                .map(this::open)
                .toList();
    }

    private Open open(ChatConversation chat) {
        var stream = chat.stream("Tell me a story");
        var exchange = Answers.of(model.next());
        exchange.begin().write(ModelEvents.text("Once upon "));
        return new Open(chat, stream, new ArrayList<>(stream.until("content.delta")), exchange);
    }

    /** Joins the text of its deltas. */
    private static String completed(Open open) {
        var events = open.toTheEnd();
        assertThat(events.get(events.size() - 1).type()).isEqualTo("turn.completed");
        assertThat(events).extracting(Event::id).containsExactlyElementsOf(numbersTo(events.size()));
        assertThat(open.chat().turn(open.turn()).get("status").asText()).isEqualTo("completed");
        assertThat(open.chat().follow(open.turn()).toTheEnd()).isEqualTo(events);
        return TurnEvents.text(events);
    }

    private void goesOn(ChatConversation chat) {
        var before = contents(chat);
        model.plays(ModelScript.answer("Good morning."));

        chat.send("Are you there?").expect(200);

        assertThat(contents(chat).subList(before.size(), before.size() + 2))
                .containsExactly("Are you there?", "Good morning.");
    }

    private static List<Integer> numbersTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private static List<String> contents(ChatConversation chat) {
        return chat.messages().stream()
                .map(message -> message.get("content").asText())
                .toList();
    }
}
