package io.parley.config.system.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Pause;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelExchange;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The titles that a model makes after the first turn of a conversation. */
class TitlesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final ModelHost host = new ModelHost();
    private static final ScriptedModel model = host.model;
    private static ParleyJar jar;
    private static ApiClient ada;
    private ChatConversation chat;

    @BeforeAll
    static void start() {
        jar = ParleyJar.start(ParleyJar.freshData(), host.settings(Map.of("PARLEY_ASSISTANT_TITLES", "true")));
        ada = TestUser.registered(new ApiClient(jar.uri()), "ada").api();
    }

    @AfterAll
    static void stop() {
        jar.close();
        host.close();
    }

    @BeforeEach
    void startConversation() {
        chat = ChatConversation.start(ada);
    }

    @Test
    void replacesTheFirstLine() {
        model.plays(ModelScript.answer("In May."));
        chat.send("When do I plant tomatoes?\nIn a cold place.");
        Answers.of(model.next());
        assertThat(title()).isEqualTo("When do I plant tomatoes?");

        var request = Answers.of(model.next());
        assertThat(request.body().encode())
                .contains("In a cold place.", "In May.")
                .doesNotContain("add_task");
        ModelScript.answer("\"Planting tomatoes.\"").play(request);
        becomes("Planting tomatoes");

        model.plays(ModelScript.answer("In October."));
        chat.send("And garlic?");
        Answers.of(model.next());
        assertThat(title()).isEqualTo("Planting tomatoes");
    }

    @Test
    void keepsATitleThatItsOwnerHasChosen() {
        var request = titleRequest();
        rename("Garden");
        ModelScript.answer("Planting tomatoes").play(request);

        model.plays(ModelScript.answer("In October."));
        chat.send("And garlic?");
        Answers.of(model.next());
        assertThat(title()).isEqualTo("Garden");
    }

    @Test
    void keepsTheFirstLineIfTheModelFails() {
        ModelScript.status(400).play(titleRequest());

        model.plays(ModelScript.answer("In October."));
        chat.send("And garlic?");
        Answers.of(model.next());
        assertThat(title()).isEqualTo("When do I plant tomatoes?");
    }

    @Test
    void findsATitleAlthoughAMessageIsStoredMeanwhile() {
        var request = titleRequest();
        chat.post("{\"role\":\"user\",\"content\":\"And garlic?\"}");
        ModelScript.answer("Planting tomatoes").play(request);
        becomes("Planting tomatoes");
    }

    @Test
    void replacesTheFirstLineAlthoughMessagesWereStoredBefore() {
        chat.post("{\"role\":\"user\",\"content\":\"I have a garden.\"}");
        chat.post("{\"role\":\"assistant\",\"content\":\"How nice.\"}");
        ModelScript.answer("Planting tomatoes").play(titleRequest());
        becomes("Planting tomatoes");
    }

    @Test
    void asksAfterTheFirstTurnThatIsCompleted() {
        model.plays(ModelScript.status(400));
        chat.send("When do I plant tomatoes?");
        Answers.of(model.next());

        ModelScript.answer("Garlic and tomatoes").play(titleRequest());
        becomes("Garlic and tomatoes");
    }

    private ModelExchange titleRequest() {
        model.plays(ModelScript.answer("In May."));
        chat.send("When do I plant tomatoes?");
        Answers.of(model.next());
        return Answers.of(model.next());
    }

    private void rename(String title) {
        ada.patch("/api/v1/conversations/" + chat.id(), "{\"title\":\"" + title + "\"}")
                .expect(200);
    }

    private String title() {
        return ada.get("/api/v1/conversations/" + chat.id())
                .expect(200)
                .json()
                .get("title")
                .asText();
    }

    private void becomes(String title) {
        var deadline = Instant.now().plus(PATIENCE);
        while (!title().equals(title) && Instant.now().isBefore(deadline)) Pause.briefly();
        assertThat(title()).isEqualTo(title);
    }
}
