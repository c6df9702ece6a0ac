package io.parley.config.system.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.chat.ChatConversation;
import io.parley.config.system.chat.TurnEvents;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that shuts down ends its turns, so that nobody waits until another server finds them stale. */
class TurnsShutdownIT {
    private final ModelHost host = new ModelHost();
    private final ScriptedModel model = host.model;
    private final Map<String, String> settings = host.settings(Map.of("PARLEY_SHUTDOWN_TIMEOUT", "1s"));
    private ParleyJar jar = ParleyJar.start(ParleyJar.freshData(), settings);

    @AfterEach
    void stop() {
        jar.close();
        host.close();
    }

    @Test
    void keepsWhatThereIsAndGoesOnAtOnce() {
        var ada = TestUser.registered(new ApiClient(jar.uri()), "ada");
        var begun = ChatConversation.start(ada.api());
        model.plays(ModelScript.hangAfter(ModelEvents.text("Once upon ")));
        var received = begun.stream("Tell me a story").until("content.delta");
        var turn = received.get(0).data().get("turn_id").asText();

        jar.terminate();
        assertThat(jar.exitCode()).isZero();
        Answers.of(Answers.of(model.next()).closed());
        jar = ParleyJar.start(jar.data(), settings);

        var chat = begun.on(new ApiClient(jar.uri()).as(ada.accessToken()));
        assertThat(chat.turn(turn).get("status").asText()).isEqualTo("failed");
        var events = chat.follow(turn).toTheEnd();
        assertThat(events).startsWith(received.toArray(TurnEvents.Event[]::new));
        assertThat(events.get(events.size() - 1).type()).isEqualTo("turn.failed");
        model.plays(ModelScript.answer("Good morning."));
        chat.send("Are you there?").expect(200);
        assertThat(chat.messages())
                .extracting(message -> message.get("content").asText())
                .containsExactly("Tell me a story", "Once upon ", "Are you there?", "Good morning.");
    }
}
