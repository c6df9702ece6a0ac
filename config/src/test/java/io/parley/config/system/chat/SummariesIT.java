package io.parley.config.system.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelScript;
import io.parley.testing.models.ScriptedModel;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Summaries of conversations over HTTP, with a history of at most 400 tokens. */
class SummariesIT {
    private static final String WORDS = " word".repeat(40);

    private static final ModelHost host = new ModelHost();
    private static final ScriptedModel model = host.model;
    private static ParleyJar jar;

    private ApiClient ada;
    private ChatConversation chat;
    private String conversation;

    @BeforeAll
    static void start() {
        var settings = Map.of("PARLEY_ASSISTANT_HISTORY_TOKENS", "400", "PARLEY_HTTP_REQUEST_TIMEOUT", "2s");
        jar = ParleyJar.start(ParleyJar.freshData(), host.settings(settings));
    }

    @AfterAll
    static void stop() {
        jar.close();
        host.close();
    }

    @BeforeEach
    void open() {
        ada = TestUser.registered(new ApiClient(jar.uri()), "ada").api();
        chat = ChatConversation.start(ada);
        conversation = "/api/v1/conversations/" + chat.id();
        model.always(ModelScript.answer("Fine."));
        while (model.hasNext()) Answers.of(model.next());
    }

    @Test
    void summarisesWhatDoesNotFitAndSaysSo() {
        for (int n = 0; n < 10; n++) say(n + "." + WORDS);
        model.always(exchange -> ModelScript.answer(exchange.body().containsKey("tools") ? "Ten." : "They counted.")
                .play(exchange));

        var events = chat.stream("How far did we get?").toTheEnd();

        var created = events.stream()
                .filter(event -> event.type().equals("summary.created"))
                .toList();
        assertThat(created).hasSize(1);
        var summary = ada.get(conversation + "/summary").expect(200).json();
        assertThat(summary.get("text").asText()).isEqualTo("They counted.");
        assertThat(summary.get("kind").asText()).isEqualTo("model");
        assertThat(created.get(0).data().get("up_to_message_id")).isEqualTo(summary.get("up_to_message_id"));
        assertThat(events.get(events.size() - 1)
                        .data()
                        .at("/usage/overhead_tokens")
                        .asInt())
                .isPositive();
        var prompt = lastPrompt().expectWellFormed();
        assertThat(prompt.contents().get(0)).endsWith("They counted.");
        assertThat(prompt.contents()).last().isEqualTo("How far did we get?");
        assertThat(ada.get("/api/v1/export").expect(200).text()).doesNotContain("They counted.");
    }

    @Test
    void isValidWhileWhatItCoversIsThere() {
        var first = say("First?");
        say("Second?");
        say("Third?");
        var made = ada.post(conversation + "/summary", "{}").expect(201).json();
        assertThat(made.get("message_count").asInt()).isEqualTo(1);
        assertThat(summary()).isEqualTo(made);

        ada.patch("/api/v1/messages/" + first, "{\"content\":\"Changed\"}").expect(200);
        ada.get(conversation + "/summary").expect(404);
        ada.patch("/api/v1/messages/" + first, "{\"content\":\"First?\",\"metadata\":{\"a\":1}}")
                .expect(200);
        assertThat(summary()).isEqualTo(made);

        ada.delete("/api/v1/messages/" + first).expect(204);
        ada.get(conversation + "/summary").expect(404);
        ada.post("/api/v1/messages/" + first + "/restore", "").expect(200);
        assertThat(summary()).isEqualTo(made);

        var leaf = ada.get(conversation).json().get("current_leaf").asText();
        ada.post("/api/v1/chat" + conversation.substring("/api/v1".length()) + "/messages", """
                {"content": "Another beginning", "parent_id": null}
                """)
                .expect(200);
        ada.get(conversation + "/summary").expect(404);
        ada.patch(conversation, "{\"current_leaf\":\"" + leaf + "\"}").expect(200);
        assertThat(summary()).isEqualTo(made);
    }

    @Test
    void refusesWhatCannotBeSummarised() {
        ada.get(conversation + "/summary").expect(404);
        ada.post(conversation + "/summary", "{}").expect(409);
        for (var text : List.of("First?", "Second?", "Third?")) say(text);
        assertThat(ada.post(conversation + "/summary", "{\"up_to_message_id\":\"" + UUID.randomUUID() + "\"}")
                        .expect(400)
                        .pointers())
                .containsExactly("/up_to_message_id");

        model.always(ModelScript.status(500));
        ada.send(ApiRequest.of("POST", conversation + "/summary")).expect(503);
        ada.get(conversation + "/summary").expect(404);
    }

    // The deadline of other answers is 2 s here; this one is put off until the model has answered.
    @Test
    void waitsForASlowModel() throws Exception {
        for (var text : List.of("First?", "Second?", "Third?")) say(text);
        model.always(ModelScript.hang());
        var answer =
                java.util.concurrent.CompletableFuture.supplyAsync(() -> ada.post(conversation + "/summary", "{}"));
        var exchange = Answers.of(model.next());
        var late = java.util.concurrent.CompletableFuture.delayedExecutor(4, java.util.concurrent.TimeUnit.SECONDS);
        late.execute(() -> ModelScript.answer("Slow.").play(exchange));

        assertThat(answer.get().expect(201).json().get("text").asText()).isEqualTo("Slow.");
    }

    private String say(String text) {
        return ada.post(conversation + "/messages", "{\"role\":\"user\",\"content\":\"" + text + "\"}")
                .expect(201)
                .json()
                .get("id")
                .asText();
    }

    private JsonNode summary() {
        return ada.get(conversation + "/summary").expect(200).json();
    }

    private static ModelPrompt lastPrompt() {
        var exchange = Answers.of(model.next());
        while (model.hasNext()) exchange = Answers.of(model.next());
        return ModelPrompt.in(exchange);
    }
}
