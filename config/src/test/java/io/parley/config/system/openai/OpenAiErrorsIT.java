package io.parley.config.system.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.config.system.client.ApiClient;
import io.parley.config.system.client.ApiRequest;
import io.parley.config.system.client.ApiResponse;
import io.parley.config.system.client.Json;
import io.parley.config.system.client.TestUser;
import io.parley.config.system.harness.SharedJarExtension;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever goes wrong at {@code /v1} is an error in OpenAI's form. */
@ExtendWith(SharedJarExtension.class)
class OpenAiErrorsIT {
    private static ApiClient anonymous;
    private static Program ada;
    private static Program reader;
    private static Program grace;
    private static String response;
    private static String conversation;
    private static String item;

    @BeforeAll
    static void register(ApiClient api) {
        anonymous = api;
        var owner = TestUser.registered(api, "ada");
        ada = Program.of(owner, Program.ALL);
        reader = Program.of(owner, "\"conversations:read\"");
        grace = Program.of(TestUser.registered(api, "grace"), Program.ALL);
        response = ada.respond(Json.object().put("input", "help")).get("id").asText();
        conversation = ada.post("conversations", Json.read("{\"items\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"))
                .get("id")
                .asText();
        item = ada.get("conversations/" + conversation + "/items")
                .at("/data/0/id")
                .asText();
    }

    private static void assertError(ApiResponse answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.header("x-request-id")).isNotEmpty();
        var error = answer.json().get("error");
        assertThat(error.fieldNames()).toIterable().containsExactly("message", "type", "param", "code");
        assertThat(error.get("message").asText()).isNotBlank();
        assertThat(error.get("code").asText()).isEqualTo(code);
    }

    private static String filled(String path) {
        return path.replace("RESP", response).replace("CONV", conversation).replace("ITEM", item);
    }

    private static ApiRequest request(String method, String path) {
        var request = ApiRequest.of(method, "/v1" + filled(path));
        return method.equals("POST") ? request.json("{\"input\":\"help\",\"items\":[]}") : request;
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /models",
        "GET, /models/offline-commands",
        "POST, /conversations",
        "GET, /conversations/CONV",
        "POST, /conversations/CONV",
        "DELETE, /conversations/CONV",
        "GET, /conversations/CONV/items",
        "POST, /conversations/CONV/items",
        "GET, /conversations/CONV/items/ITEM",
        "DELETE, /conversations/CONV/items/ITEM",
        "POST, /responses",
        "GET, /responses/RESP",
        "DELETE, /responses/RESP",
        "POST, /responses/RESP/cancel",
        "GET, /responses/RESP/input_items",
        "POST, /chat/completions",
    })
    void wantsAToken(String method, String path) {
        assertError(anonymous.send(request(method, path)), 401, "missing_api_key");
        assertError(anonymous.as("pat_nothing").send(request(method, path)), 401, "invalid_api_key");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /conversations/CONV",
        "DELETE, /conversations/CONV",
        "GET, /conversations/CONV/items",
        "GET, /conversations/CONV/items/ITEM",
        "DELETE, /conversations/CONV/items/ITEM",
        "GET, /responses/RESP",
        "GET, /responses/RESP?stream=true",
        "DELETE, /responses/RESP",
        "POST, /responses/RESP/cancel",
        "GET, /responses/RESP/input_items",
    })
    void refusesWhatIsAnothersAndFindsNothingElse(String method, String path) {
        assertError(grace.api().send(request(method, path)), 403, "permission_denied");
        var elsewhere = filled(path).replaceAll("_[0-9a-f]{32}", "_" + "0".repeat(31) + "1");
        assertError(grace.api().send(ApiRequest.of(method, "/v1" + elsewhere)), 404, "not_found");
        var odd = filled(path).replaceAll("_[0-9a-f]{32}", "_x");
        assertError(grace.api().send(ApiRequest.of(method, "/v1" + odd)), 404, "not_found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400 | missing_required_parameter | input",
                "{\"input\":null} | 400 | missing_required_parameter | input",
                "{\"input\":\"\"} | 400 | invalid_value | input",
                "{\"input\":5} | 400 | invalid_type | input",
                "{\"input\":[]} | 400 | invalid_value | input",
                "{\"input\":[5]} | 400 | invalid_type | input[0]",
                "{\"input\":[{\"role\":\"king\",\"content\":\"x\"}]} | 400 | invalid_value | input[0].role",
                "{\"input\":[{\"role\":\"user\"}]} | 400 | missing_required_parameter | input[0].content",
                "{\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_1\"}]} | 400 | unsupported_item_type | input[0].type",
                "{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\"}]}]} | 400 | unsupported_content_type | input[0].content[0].type",
                "{\"input\":\"x\",\"made_up\":1} | 400 | unknown_parameter | made_up",
                "{\"input\":\"x\",\"prompt\":{\"id\":\"p\"}} | 400 | unsupported_parameter | prompt",
                "{\"input\":\"x\",\"model\":\"none\"} | 404 | model_not_found | model",
                "{\"input\":\"x\",\"model\":5} | 400 | invalid_type | model",
                "{\"input\":\"x\",\"temperature\":3} | 400 | invalid_value | temperature",
                "{\"input\":\"x\",\"max_output_tokens\":0} | 400 | invalid_value | max_output_tokens",
                "{\"input\":\"x\",\"tools\":[{\"type\":\"web_search\"}]} | 400 | unsupported_tool | tools[0].type",
                "{\"input\":\"x\",\"tools\":[{\"type\":\"mcp\",\"server_label\":\"other\"}]} | 400 | unsupported_tool | tools[0].server_label",
                "{\"input\":\"x\",\"metadata\":{\"k\":1}} | 400 | invalid_type | metadata.k",
                "{\"input\":\"x\",\"store\":false,\"background\":true} | 400 | unsupported_parameter | background",
                "{\"input\":\"x\",\"previous_response_id\":\"resp_1\"} | 400 | previous_response_not_found | previous_response_id",
                "{\"input\":\"x\",\"previous_response_id\":\"resp_1\",\"conversation\":\"conv_1\"} | 400 | mutually_exclusive_parameters | previous_response_id",
                "{\"input\":\"x\",\"conversation\":\"conv_1\"} | 404 | not_found | conversation",
                "[] | 400 | invalid_type | null",
                "nonsense | 400 | invalid_request | null",
            })
    void namesWhatIsWrongWithARequest(String body, int status, String code, String param) {
        var answer = ada.api().post("/v1/responses", body);
        assertError(answer, status, code);
        assertThat(answer.json().at("/error/param").asText()).isEqualTo(param);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1, 404, unknown_url",
        "GET, /v1/, 404, unknown_url",
        "GET, /v1/models/, 404, unknown_url",
        "GET, /v1//models, 404, unknown_url",
        "POST, /v1/completions, 404, unknown_url",
        "GET, /v1/v1/models, 404, unknown_url",
        "PUT, /v1/models, 405, method_not_allowed",
        "GET, /v1/chat/completions, 405, method_not_allowed",
        "PATCH, /v1/responses/resp_1, 405, method_not_allowed",
    })
    void knowsNoOtherPlaces(String method, String path, int status, String code) {
        assertError(ada.api().send(ApiRequest.of(method, path)), status, code);
    }

    @ParameterizedTest
    @CsvSource({"text/plain, 415, unsupported_media_type", "application/jsonx, 415, unsupported_media_type"})
    void wantsJson(String type, int status, String code) {
        var request = ApiRequest.of("POST", "/v1/responses")
                .json("{\"input\":\"help\"}")
                .with("Content-Type", type);
        assertError(ada.api().send(request), status, code);
    }

    @ParameterizedTest
    @CsvSource({"POST, /responses", "DELETE, /responses/RESP", "POST, /conversations", "POST, /chat/completions"})
    void wantsTheScope(String method, String path) {
        var answer = reader.api().send(request(method, path));
        assertError(answer, 403, "insufficient_scope");
        assertThat(answer.header("WWW-Authenticate")).contains("error=\"insufficient_scope\"");
    }
}
