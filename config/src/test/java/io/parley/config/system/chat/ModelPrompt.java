package io.parley.config.system.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.testing.models.ModelExchange;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** The messages that a model received. */
public record ModelPrompt(List<JsonObject> messages) {
    public static ModelPrompt in(ModelExchange exchange) {
        return new ModelPrompt(exchange.body().getJsonArray("messages").stream()
                .map(JsonObject.class::cast)
                .toList());
    }

    public List<String> roles() {
        return messages.stream().map(message -> message.getString("role")).toList();
    }

    public List<String> contents() {
        return messages.stream().map(message -> message.getString("content")).toList();
    }

    /** Fails if a provider would refuse them: every tool call needs a result and every result a call. */
    public ModelPrompt expectWellFormed() {
        var open = new ArrayList<String>();
        for (var message : messages) {
            if (message.getString("role").equals("tool"))
                assertThat(open.remove(message.getString("tool_call_id"))).isTrue();
            else assertThat(open).isEmpty();
            for (var call : message.getJsonArray("tool_calls", new JsonArray()))
                open.add(((JsonObject) call).getString("id"));
        }
        assertThat(open).isEmpty();
        return this;
    }
}
