package io.parley.assistant.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.assistant.models.ToolCall;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.testing.Answers;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** The tools of the assistant, as models in Berlin call them. */
record ToolScene(ToolRegistry tools) {
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final Clock NOW = Clock.fixed(Instant.parse("2026-11-25T09:00:00Z"), ZoneOffset.UTC);

    ToolScene(Bus bus) {
        this(new ToolRegistry(bus, NOW, 6000));
    }

    static List<String> titles(JsonNode list) {
        return list.get("tasks").findValuesAsText("title");
    }

    String add(Caller caller, String title) {
        return "{\"id\": "
                + run(caller, "add_task", "{\"title\": \"" + title + "\"}").get("id") + "}";
    }

    ObjectNode run(Caller caller, String tool, String arguments) {
        var result = Answers.of(tools.run(new ToolContext(caller, BERLIN), new ToolCall("1", tool, arguments)));
        assertThat(result).doesNotStartWith("{\"error\"");
        return (ObjectNode) StrictJson.parse(Buffer.buffer(result));
    }

    String error(Caller caller, String tool, String arguments) {
        var result = Answers.of(tools.run(new ToolContext(caller, BERLIN), new ToolCall("1", tool, arguments)));
        return StrictJson.parse(Buffer.buffer(result)).get("error").textValue();
    }
}
