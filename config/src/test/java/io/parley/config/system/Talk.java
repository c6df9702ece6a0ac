package io.parley.config.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;

/** A conversation in which somebody talks with the assistant. */
record Talk(Api api, String id) {
    static Talk begun(Api owner) {
        return new Talk(
                owner,
                owner.post("/api/v1/conversations", "{}")
                        .expect(201)
                        .json()
                        .get("id")
                        .asText());
    }

    /** The same conversation, on a server that was started again. */
    Talk on(Api again) {
        return new Talk(again, id);
    }

    /** A message that the assistant does not answer. */
    void post(String draft) {
        api.post("/api/v1/conversations/" + id + "/messages", draft).expect(201);
    }

    /** The turn as a whole. */
    Answer say(String content) {
        return api.send(saying(content, UUID.randomUUID().toString()));
    }

    Request saying(String content, String key) {
        return Request.of("POST", "/api/v1/chat/conversations/" + id + "/messages")
                .json(Json.object().put("content", content).toString())
                .with("Idempotency-Key", key);
    }

    /** The turn while it is made. */
    TurnEvents hear(String content) {
        return new TurnEvents(api, saying(content, UUID.randomUUID().toString()).with("Accept", "text/event-stream"));
    }

    /** A turn that has begun already, from its first event on. */
    TurnEvents follow(String turn) {
        return new TurnEvents(api, Request.of("GET", "/api/v1/chat/turns/" + turn + "/events"));
    }

    /** Those behind the event of this id. */
    TurnEvents follow(String turn, int after) {
        return new TurnEvents(
                api,
                Request.of("GET", "/api/v1/chat/turns/" + turn + "/events")
                        .with("Last-Event-ID", String.valueOf(after)));
    }

    JsonNode turn(String turn) {
        return api.get("/api/v1/chat/turns/" + turn).expect(200).json();
    }

    List<JsonNode> messages() {
        return Pages.of(api, "/api/v1/conversations/" + id + "/messages", 50);
    }
}
