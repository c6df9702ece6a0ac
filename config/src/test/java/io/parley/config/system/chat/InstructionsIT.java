package io.parley.config.system.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.ModelHost;
import io.parley.config.system.harness.ParleyJar;
import io.parley.testing.Answers;
import io.parley.testing.models.ModelEvents;
import io.parley.testing.models.ModelExchange;
import io.parley.testing.models.ModelScript;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The instructions and models that users and conversations have, from HTTP to the model and back. */
class InstructionsIT {
    private static final ModelHost host = new ModelHost();
    private static ParleyJar jar;

    private ApiClient ada;
    private String trip;

    @BeforeAll
    static void start() {
        var providers = """
            [{"name": "spare", "base-url": "%1$s", "models": ["kea-1", "kea-2"]},
             {"name": "private", "base-url": "%1$s", "models": ["lyre-1"], "users-keys-only": true}]
            """.formatted(host.model.baseUrl());
        jar = ParleyJar.start(
                ParleyJar.freshData(),
                host.settings(
                        Map.of("PARLEY_ASSISTANT_PROVIDERS", providers, "PARLEY_ASSISTANT_INSTRUCTIONS", "Be civil.")));
    }

    @AfterAll
    static void stop() {
        jar.close();
        host.close();
    }

    @BeforeEach
    void register() {
        ada = TestUser.registered(new ApiClient(jar.uri()), "ada").api();
        trip = ada.post("/api/v1/conversations", "{}").expect(201).header("Location");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        instructions | 5
        instructions | true
        instructions | {}
        instructions | ["Be brief."]
        instructions | "a\\u0000b"
        instructions | "\\ud800"
        instructions | LONG
        provider     | 7
        provider     | ["spare"]
        provider     | ""
        provider     | "gone"
        provider     | "SPARE"
        provider     | "spare\\n"
        provider     | "spare\\u0000"
        provider     | "private"
        provider     | LONG
        model        | false
        model        | {}
        model        | ""
        model        | "gone-1"
        model        | "kea-1 "
        model        | "kea-1\\u0000"
        model        | "lyre-1"
        model        | LONG
        """)
    void areRefusedWithAPointer(String field, String value) {
        var sent = value.equals("LONG") ? '"' + "x".repeat(20_001) + '"' : value;
        var before = get(trip);
        var body = "{\"" + field + "\":" + sent + "}";
        var usersField = field.equals("instructions") ? field : "default_" + field;

        assertThat(ada.post("/api/v1/conversations", body).expect(400).pointers())
                .containsExactly("/" + field);
        assertThat(ada.patch(trip, body).expect(400).pointers()).containsExactly("/" + field);
        assertThat(ada.patch("/api/v1/users/me", "{\"" + usersField + "\":" + sent + "}")
                        .expect(400)
                        .pointers())
                .containsExactly("/" + usersField);
        assertThat(get(trip)).isEqualTo(before);
    }

    @Test
    void refuseTheModelOfAnotherProvider() {
        var body = "{\"provider\":\"default\",\"model\":\"kea-1\"}";

        assertThat(ada.post("/api/v1/conversations", body).expect(400).pointers())
                .containsExactly("/model");
        assertThat(ada.patch(trip, body).expect(400).pointers()).containsExactly("/model");
        assertThat(ada.patch("/api/v1/users/me", "{\"default_provider\":\"spare\",\"default_model\":\"lyre-1\"}")
                        .expect(400)
                        .pointers())
                .containsExactly("/default_model");
    }

    @Test
    void areAskedForOnlyAfterTheOwnership() {
        var grace = TestUser.registered(new ApiClient(jar.uri()), "grace").api();

        grace.patch(trip, "{\"provider\":\"gone\"}").expect(403);
        grace.patch(trip, "{\"provider\":\"spare\",\"model\":\"kea-1\"}").expect(403);
        assertThat(get(trip).get("provider").isNull()).isTrue();
    }

    @Test
    void reachTheModelInOrder() {
        ada.patch("/api/v1/users/me", "{\"instructions\":\"Call me Countess.\",\"default_provider\":\"spare\"}")
                .expect(200);
        assertThat(told(trip, "Hello", "{}"))
                .returns("kea-1", exchange -> exchange.body().getString("model"))
                .extracting(InstructionsIT::system)
                .asString()
                .containsSubsequence("Be civil.", "You are Parley", "Call me Countess.");

        ada.patch(trip, "{\"instructions\":\"It is about a trip.\",\"model\":\"" + ModelEvents.MODEL + "\"}")
                .expect(200);
        ada.post(trip + "/messages", "{\"role\":\"system\",\"content\":\"Stored before.\"}")
                .expect(201);
        var second = told(
                trip, "Hello again", "{\"provider\":\"spare\",\"model\":\"kea-2\",\"instructions\":\"In French.\"}");
        assertThat(second.body().getString("model")).isEqualTo("kea-2");
        assertThat(system(second))
                .containsSubsequence(
                        "Be civil.",
                        "You are Parley",
                        "Call me Countess.",
                        "It is about a trip.",
                        "Stored before.",
                        "In French.");

        var third = told(trip, "Hello for ever", "{}");
        assertThat(third.body().getString("model")).isEqualTo(ModelEvents.MODEL);
        assertThat(system(third)).doesNotContain("In French.");
    }

    @Test
    void giveWayToTheDefaultIfTheKeyIsDeleted() {
        var key = ada.post("/api/v1/api-keys", "{\"provider\":\"private\",\"key\":\"sk-adas-own\"}")
                .expect(201)
                .header("Location");
        ada.patch(trip, "{\"provider\":\"private\",\"model\":\"lyre-1\"}").expect(200);
        assertThat(told(trip, "Hello", "{}").body().getString("model")).isEqualTo("lyre-1");

        ada.delete(key).expect(204);

        assertThat(told(trip, "Hello again", "{}").body().getString("model")).isEqualTo(ModelEvents.MODEL);
        assertThat(get(trip).get("model").asText()).isEqualTo("lyre-1");
        ada.patch(trip, "{\"title\":\"Still mine\"}").expect(200);
        ada.patch(trip, "{\"provider\":null,\"model\":null}").expect(200);
    }

    @Test
    void areExportedAndImported() {
        var key = ada.post("/api/v1/api-keys", "{\"provider\":\"private\",\"key\":\"sk-adas-own\"}")
                .expect(201)
                .header("Location");
        ada.patch(trip, "{\"instructions\":\"Be brief.\",\"provider\":\"private\",\"model\":\"lyre-1\"}")
                .expect(200);
        var exported = ada.get("/api/v1/export").expect(200).text();
        ada.delete(key).expect(204);

        // The user who imports it may not be able to use the model.
        var grace = TestUser.registered(new ApiClient(jar.uri()), "grace").api();
        var report = grace.send(ApiRequest.of("POST", "/api/v1/import").lines(exported))
                .expect(200)
                .json();
        var imported = grace.get("/api/v1/conversations").expect(200).json().at("/items/0");

        assertThat(report)
                .isEqualTo(Json.read("{\"imported\":1,\"updated\":0,\"unchanged\":0,\"failed\":[],\"notes\":[]}"));
        for (var field : List.of("instructions", "provider", "model", "current_leaf"))
            assertThat(imported.get(field)).as(field).isEqualTo(get(trip).get(field));
        host.model.plays(ModelScript.answer("Hello."));
        var turn = grace.post(chat("/api/v1/conversations/" + imported.get("id").asText()), "{\"content\":\"Hello\"}")
                .expect(200)
                .json();
        assertThat(turn.at("/turn/model").asText()).isEqualTo(ModelEvents.MODEL);
        Answers.of(host.model.next());
    }

    private JsonNode get(String resource) {
        return ada.get(resource).expect(200).json();
    }

    /** The system message of the turn that answers this text. */
    private ModelExchange told(String conversation, String content, String choice) {
        host.model.plays(ModelScript.answer("Hello."));
        var body = (ObjectNode) Json.read(choice);
        var turn = ada.post(chat(conversation), body.put("content", content).toString())
                .expect(200)
                .json();
        assertThat(turn.at("/turn/status").asText()).isEqualTo("completed");
        return Answers.of(host.model.next());
    }

    private static String chat(String conversation) {
        return conversation.replace("/api/v1/", "/api/v1/chat/") + "/messages";
    }

    private static String system(ModelExchange exchange) {
        return ModelPrompt.in(exchange).contents().get(0);
    }
}
