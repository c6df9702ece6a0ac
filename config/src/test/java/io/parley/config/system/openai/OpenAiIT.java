package io.parley.config.system.openai;

import static io.parley.config.system.openai.Program.text;
import static io.parley.config.system.openai.Program.types;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What OpenAI's libraries do at {@code /v1}, on a server whose model is the command language. */
@ExtendWith(SharedJarExtension.class)
class OpenAiIT {
    private static final String PARLEYS_TOOLS =
            "[{\"type\":\"mcp\",\"server_label\":\"parley\",\"require_approval\":\"never\"}]";

    private TestUser ada;
    private Program program;

    @BeforeEach
    void register(ApiClient api) {
        ada = TestUser.registered(api, "ada");
        program = Program.of(ada, Program.ALL);
    }

    private static ObjectNode asking(String input) {
        return Json.object().put("input", input);
    }

    private static ObjectNode withTools(String input) {
        return asking(input).set("tools", Json.read(PARLEYS_TOOLS));
    }

    @Test
    void listsModels() {
        var models = program.get("models");
        assertThat(models.get("object").asText()).isEqualTo("list");
        assertThat(models.at("/data/0/id").asText()).isEqualTo("offline-commands");
        assertThat(program.get("models/offline-commands").get("object").asText())
                .isEqualTo("model");
        assertThat(program.get("models/parley%2Foffline-commands").get("id").asText())
                .isEqualTo("offline-commands");
        var unknown = program.api()
                .get("/v1/models/meta-llama%2Fllama:8b")
                .expect(404)
                .json();
        assertThat(unknown.at("/error/code").asText()).isEqualTo("model_not_found");
    }

    @Test
    void answersAndGoesOnInBranches() {
        var first = program.respond(asking("add task Water the ferns"));
        assertThat(first.get("status").asText()).isEqualTo("completed");
        assertThat(text(first)).contains("no such tool");
        assertThat(first.get("conversation").isNull()).isTrue();

        var added = program.respond(withTools("add task Water the ferns"));
        assertThat(added.at("/output/0/type").asText()).isEqualTo("mcp_call");
        assertThat(added.at("/output/0/server_label").asText()).isEqualTo("parley");
        assertThat(added.at("/output/0/status").asText()).isEqualTo("completed");
        assertThat(ada.api().get("/api/v1/tasks").json().get("items")).hasSize(1);

        var id = added.get("id").asText();
        var one = program.respond(withTools("list tasks").put("previous_response_id", id));
        var other = program.respond(withTools("complete 1").put("previous_response_id", id));
        assertThat(text(one)).contains("Water the ferns");
        assertThat(other.get("previous_response_id").asText()).isEqualTo(id);
        assertThat(program.get("responses/" + id)).isEqualTo(added);
        assertThat(ada.api().get("/api/v1/conversations").json().get("items")).isEmpty();
        assertThat(program.get("responses/" + id + "/input_items")
                        .at("/data/0/content/0/text")
                        .asText())
                .isEqualTo("add task Water the ferns");

        assertThat(program.delete("responses/" + id).get("deleted").asBoolean()).isTrue();
        program.api().get("/v1/responses/" + id).expect(404);
        assertThat(program.send("responses", asking("help").put("previous_response_id", id))
                        .expect(400)
                        .json()
                        .at("/error/code")
                        .asText())
                .isEqualTo("previous_response_not_found");
    }

    @Test
    void streamsWhatItWouldAnswer() {
        var events = program.stream(withTools("add task Prune the roses"));
        assertThat(types(events))
                .startsWith(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.mcp_call.in_progress",
                        "response.mcp_call_arguments.delta",
                        "response.mcp_call_arguments.done",
                        "response.mcp_call.completed",
                        "response.output_item.done",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta")
                .endsWith(
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        assertThat(events)
                .extracting(event -> event.get("sequence_number").asInt())
                .containsExactlyElementsOf(
                        IntStream.range(0, events.size()).boxed().toList());
        var last = events.get(events.size() - 1).get("response");
        assertThat(itemsOf(events)).containsExactlyElementsOf(last.get("output"));

        var id = last.get("id").asText();
        assertThat(program.get("responses/" + id)).isEqualTo(last);
        var rest = program.events(ApiRequest.of("GET", "/v1/responses/" + id + "?stream=true&starting_after=4"));
        assertThat(rest).containsExactlyElementsOf(events.subList(5, events.size()));
    }

    private static List<JsonNode> itemsOf(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.get("type").asText().equals("response.output_item.done"))
                .map(event -> event.get("item"))
                .toList();
    }

    @Test
    void leavesNoTraceOfWhatIsNotStored() {
        var whole = program.respond(asking("help").put("store", false));
        assertThat(whole.get("status").asText()).isEqualTo("completed");
        assertThat(text(whole)).contains("commands");
        program.api().get("/v1/responses/" + whole.get("id").asText()).expect(404);
        var events = program.stream(withTools("add task Unseen").put("store", false));
        var last = events.get(events.size() - 1);
        assertThat(last.get("type").asText()).isEqualTo("response.completed");
        assertThat(itemsOf(events)).containsExactlyElementsOf(last.at("/response/output"));
        assertThat(ada.api().get("/api/v1/conversations").json().get("items")).isEmpty();
        assertThat(ada.api().get("/api/v1/messages").json().get("items")).isEmpty();
        assertThat(ada.api().get("/api/v1/chat/turns").json().get("items")).isEmpty();
    }

    @Test
    void keepsConversationsWithTheirItems() {
        var made = program.post(
                "conversations",
                Json.read(
                        "{\"metadata\":{\"topic\":\"ferns\"},\"items\":[{\"role\":\"developer\",\"content\":\"Be brief.\"},"
                                + "{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Hello\"}]}]}"));
        var path = "conversations/" + made.get("id").asText();
        assertThat(made.get("object").asText()).isEqualTo("conversation");

        var added = program.post(
                path + "/items",
                Json.read(
                        "{\"items\":[{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"look\",\"arguments\":\"{}\"},"
                                + "{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"green\"}]}"));
        assertThat(types(list(added))).containsExactly("function_call", "function_call_output");
        var newest = program.get(path + "/items?limit=3");
        assertThat(types(list(newest))).containsExactly("function_call_output", "function_call", "message");
        assertThat(newest.get("has_more").asBoolean()).isTrue();
        var rest = program.get(
                path + "/items?limit=3&after=" + newest.get("last_id").asText());
        assertThat(rest.at("/data/0/role").asText()).isEqualTo("developer");
        assertThat(rest.get("has_more").asBoolean()).isFalse();
        var oldest = program.get(path + "/items?order=asc&limit=1");
        assertThat(oldest.get("data")).containsExactlyElementsOf(rest.get("data"));

        var item = added.at("/data/1/id").asText();
        assertThat(program.get(path + "/items/" + item)).isEqualTo(added.at("/data/1"));
        assertThat(program.delete(path + "/items/" + item).get("object").asText())
                .isEqualTo("conversation");
        program.api().get("/v1/" + path + "/items/" + item).expect(404);

        var answer = program.respond(withTools("add task Mist the ferns")
                .put("conversation", made.get("id").asText()));
        assertThat(answer.at("/conversation/id")).isEqualTo(made.get("id"));
        assertThat(types(list(program.get(path + "/items?limit=3")))).containsExactly("message", "mcp_call", "message");
        program.api().post("/v1/" + path, "{}").expect(400);
        assertThat(program.post(path, Json.read("{\"metadata\":{\"a\":\"b\"}}")).get("metadata"))
                .isEqualTo(Json.read("{\"a\":\"b\"}"));
        assertThat(program.delete(path).get("deleted").asBoolean()).isTrue();
        program.api().get("/v1/" + path).expect(404);
    }

    private static List<JsonNode> list(JsonNode page) {
        return StreamSupport.stream(page.get("data").spliterator(), false).toList();
    }

    @Test
    void takesBackWhatItHasAnswered() {
        var added = program.respond(withTools("add task Repot the fig"));
        var body = withTools("");
        var input = body.putArray("input");
        input.addObject().put("role", "user").put("content", "add task Repot the fig");
        added.get("output").forEach(input::add);
        input.addObject().put("role", "user").put("content", "list tasks");
        assertThat(text(program.respond(body.put("store", false)))).contains("Repot the fig");
    }
}
