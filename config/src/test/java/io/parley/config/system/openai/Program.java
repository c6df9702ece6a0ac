package io.parley.config.system.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import java.util.ArrayList;
import java.util.List;

/** A program that uses the door with a personal token. */
record Program(ApiClient api) {
    static final String ALL = "\"tasks:write\",\"conversations:write\",\"chat\"";

    static Program of(TestUser owner, String scopes) {
        var token = owner.api()
                .post("/api/v1/tokens", "{\"name\":\"Program\",\"scopes\":[" + scopes + "]}")
                .expect(201)
                .json()
                .get("token")
                .asText();
        return new Program(new ApiClient(owner.api().server()).as(token));
    }

    JsonNode get(String path) {
        return api.get("/v1/" + path).expect(200).json();
    }

    JsonNode delete(String path) {
        return api.delete("/v1/" + path).expect(200).json();
    }

    JsonNode post(String path, JsonNode body) {
        return send(path, body).expect(200).json();
    }

    ApiResponse send(String path, JsonNode body) {
        return api.post("/v1/" + path, body.toString());
    }

    /** An answer that is not an error. */
    JsonNode respond(ObjectNode body) {
        return post("responses", body);
    }

    /** The events of a stream, without the end mark. */
    List<JsonNode> events(ApiRequest request) {
        var text = api.send(request).expect(200).text();
        assertThat(text).endsWith("data: [DONE]\n\n");
        var events = new ArrayList<JsonNode>();
        for (var block : text.split("\n\n", -1)) {
            var lines = block.lines().filter(line -> !line.startsWith(":")).toList();
            if (lines.size() < 2) continue;
            var event = Json.read(lines.get(1).substring("data: ".length()));
            assertThat(lines.get(0)).isEqualTo("event: " + event.get("type").asText());
            events.add(event);
        }
        return events;
    }

    List<JsonNode> stream(ObjectNode body) {
        return events(ApiRequest.of("POST", "/v1/responses")
                .json(body.put("stream", true).toString()));
    }

    static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.get("type").asText()).toList();
    }

    /** The last text of a response. */
    static String text(JsonNode response) {
        var text = "";
        for (var item : response.get("output"))
            if (item.get("type").asText().equals("message"))
                text = item.at("/content/0/text").asText();
        return text;
    }
}
