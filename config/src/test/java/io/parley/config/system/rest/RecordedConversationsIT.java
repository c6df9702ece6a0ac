package io.parley.config.system.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.chat.OpenAiMessages;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Pages;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sixty recorded conversations of an airline's support, with tool calls, are stored and read back unchanged. */
@ExtendWith(SharedJarExtension.class)
class RecordedConversationsIT {
    private static final int PAGE = 7;

    @Test
    void givesRecordedConversationsBackAsTheyWere(ApiClient api) {
        var ada = TestUser.registered(api, "ada").api();
        var posted = new LinkedHashMap<String, JsonNode>();
        for (var recording : recordings()) posted.put(post(ada, recording), recording);

        assertThat(posted).hasSize(60);
        posted.forEach((id, recording) -> assertThat(readBack(ada, id)).isEqualTo(recording));
    }

    private static String post(ApiClient ada, JsonNode recording) {
        var draft = Json.object();
        draft.set("title", recording.get("title"));
        draft.set("metadata", recording.get("metadata"));
        var conversation = ada.post("/api/v1/conversations", draft.toString()).expect(201);
        for (var message : recording.get("messages"))
            ada.post(conversation.header("Location") + "/messages", OpenAiMessages.draft(message))
                    .expect(201);
        return conversation.json().get("id").asText();
    }

    private static JsonNode readBack(ApiClient ada, String id) {
        var conversation = ada.get("/api/v1/conversations/" + id).expect(200).json();
        var recording = Json.object();
        recording.set("title", conversation.get("title"));
        recording.set("metadata", conversation.get("metadata"));
        recording
                .putArray("messages")
                .addAll(Pages.of(ada, "/api/v1/conversations/" + id + "/messages", PAGE).stream()
                        .map(OpenAiMessages::recorded)
                        .toList());
        return recording;
    }

    private static List<JsonNode> recordings() {
        var recordings = new ArrayList<JsonNode>();
        try (var file = RecordedConversationsIT.class.getResourceAsStream("/airline-conversations.jsonl");
                var lines = new BufferedReader(new InputStreamReader(file, UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) recordings.add(Json.read(line));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return recordings;
    }
}
