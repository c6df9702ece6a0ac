package io.parley.config.system.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.Pages;
import java.util.List;
import java.util.UUID;

/** A conversation with the assistant. */
public record ChatConversation(ApiClient api, String id) {
    public static ChatConversation start(ApiClient owner) {
        return new ChatConversation(
                owner,
                owner.post("/api/v1/conversations", "{}")
                        .expect(201)
                        .json()
                        .get("id")
                        .asText());
    }

    /** The same conversation on another or a restarted server. */
    public ChatConversation on(ApiClient again) {
        return new ChatConversation(again, id);
    }

    /** Stores a message without starting a turn. */
    public void post(String draft) {
        api.post("/api/v1/conversations/" + id + "/messages", draft).expect(201);
    }

    /** Sends a message and returns the completed turn. */
    public ApiResponse send(String content) {
        return api.send(request(content, UUID.randomUUID().toString()));
    }

    public ApiRequest request(String content, String key) {
        return ApiRequest.of("POST", "/api/v1/chat/conversations/" + id + "/messages")
                .json(Json.object().put("content", content).toString())
                .with("Idempotency-Key", key);
    }

    /** Sends a message and returns the events of its turn. */
    public TurnEvents stream(String content) {
        return new TurnEvents(
                api, request(content, UUID.randomUUID().toString()).with("Accept", "text/event-stream"));
    }

    /** The events of an existing turn from the first one on. */
    public TurnEvents follow(String turn) {
        return new TurnEvents(api, ApiRequest.of("GET", "/api/v1/chat/turns/" + turn + "/events"));
    }

    /** The events after the one with this id. */
    public TurnEvents follow(String turn, int after) {
        return new TurnEvents(
                api,
                ApiRequest.of("GET", "/api/v1/chat/turns/" + turn + "/events")
                        .with("Last-Event-ID", String.valueOf(after)));
    }

    public JsonNode turn(String turn) {
        return api.get("/api/v1/chat/turns/" + turn).expect(200).json();
    }

    public List<JsonNode> messages() {
        return Pages.of(api, "/api/v1/conversations/" + id + "/messages", 50);
    }
}
