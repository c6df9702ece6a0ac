package io.parley.gateway.mcp;

import static io.parley.gateway.mcp.McpScene.READER;
import static io.parley.gateway.mcp.McpScene.call;
import static io.parley.gateway.mcp.McpScene.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the protocol that its older era has, or both eras, over HTTP. */
class McpRoutesTest {
    private static McpScene scene;

    @BeforeAll
    static void open() {
        scene = McpScene.open();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "PUT"})
    void tellsAnybodyThatItOnlyTakesPosts(String method) {
        var response = scene.gateway().send(scene.gateway().request("/mcp").method(method, BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1:1"})
    void refusesPagesOfOtherOrigins(String origin) {
        var response = scene.gateway()
                .send(scene.gateway().request("/mcp").header("Origin", origin).POST(BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(code(response)).isEqualTo(-32600);
    }

    @Test
    void takesPagesOfItsOwnAndOfAllowedOrigins() {
        for (var origin : List.of("http://127.0.0.1:" + scene.gateway().port(), TestGateway.FRIENDLY_ORIGIN)) {
            assertThat(scene.gateway()
                            .send(scene.gateway()
                                    .request("/mcp")
                                    .header("Origin", origin)
                                    .header("Access-Control-Request-Method", "POST")
                                    .method("OPTIONS", BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(scene.send(scene.request(READER, "ping", "").header("Origin", origin))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(scene.gateway()
                        .sendRaw("POST /mcp HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n"
                                + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void challengesWhoHasNoToken() {
        for (var method : List.of("initialize", "server/discover", "tools/list", "notifications/initialized")) {
            var response = scene.send(scene.gateway()
                    .request("/mcp")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}")));
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Bearer realm=\"parley\", resource_metadata=\"http://127.0.0.1:"
                            + scene.gateway().port() + "/.well-known/oauth-protected-resource/mcp\"");
            assertThat(code(response)).isEqualTo(-32600);
        }
    }

    @ParameterizedTest
    @MethodSource
    void answersErrorsOfTheOlderEra(String body, int status, int code) {
        var response = scene.send(scene.post(READER).POST(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(code(response)).isEqualTo(code);
    }

    @Test
    void namesTheScopeThatAToolNeeds() {
        var response = scene.send(scene.post(READER).POST(BodyPublishers.ofString(call("add_task", "{}"))));
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .endsWith("error=\"insufficient_scope\", scope=\"tasks:write\"");
        assertThat(TestGateway.json(response).getInteger("id")).isEqualTo(1);
    }

    @Test
    void takesJsonOnly() {
        var ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        assertThat(scene.send(scene.bearer(READER)
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString(ping)))
                        .statusCode())
                .isEqualTo(415);
        assertThat(scene.send(scene.post(READER)
                                .header("Accept", "text/event-stream")
                                .POST(BodyPublishers.ofString(ping)))
                        .statusCode())
                .isEqualTo(406);
        for (var accept : List.of("*/*", "application/json", "application/json, text/event-stream"))
            assertThat(scene.send(scene.post(READER).header("Accept", accept).POST(BodyPublishers.ofString(ping)))
                            .statusCode())
                    .isEqualTo(200);
        var large = scene.send(scene.post(READER).POST(BodyPublishers.ofString(" ".repeat(1024 * 1024) + ping)));
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(code(large)).isEqualTo(-32600);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"who/knows\",\"params\":{\"a\":1}}",
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}"
            })
    void acceptsWhatNeedsNoAnswer(String body) {
        var response = scene.send(scene.post(READER).POST(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void agreesOnAVersionOfTheOlderEra() {
        assertThat(initialized("2025-06-18")).isEqualTo("2025-06-18");
        assertThat(initialized("2024-11-05")).isEqualTo("2025-11-25");
        var unknown = scene.send(scene.request(READER, "ping", "").header("MCP-Protocol-Version", "1999-01-01"));
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(code(unknown)).isEqualTo(-32022);
        var data = TestGateway.json(unknown).getJsonObject("error").getJsonObject("data");
        assertThat(data.getString("requested")).isEqualTo("1999-01-01");
        assertThat(data.getJsonArray("supported"))
                .isEqualTo(JsonArray.of("2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"));
    }

    @Test
    void showsOnlyToolsThatTheTokenPermits() {
        assertThat(toolNames(READER)).containsExactly("list_tasks");
        assertThat(toolNames(Fixtures.token(Fixtures.adasClaims()))).containsExactly("list_tasks", "add_task");
    }

    @Test
    void givesResultsAsTextAndAsStructure() {
        var result = TestGateway.json(
                        scene.send(scene.post(READER).POST(BodyPublishers.ofString(call("list_tasks", "null")))))
                .getJsonObject("result");
        assertThat(result.getJsonObject("structuredContent").encode()).isEqualTo("{\"tasks\":[]}");
        assertThat(result.getJsonArray("content").getJsonObject(0).getString("text"))
                .isEqualTo("{\"tasks\":[]}");
        assertThat(result.getBoolean("isError")).isFalse();
    }

    @Test
    void letsTheModelReadWhatWasWrong() {
        for (var arguments : List.of("{\"is\":\"wrong\"}", "{\"is\":\"broken\"}")) {
            var result = TestGateway.json(
                            scene.send(scene.post(READER).POST(BodyPublishers.ofString(call("list_tasks", arguments)))))
                    .getJsonObject("result");
            assertThat(result.getBoolean("isError")).isTrue();
            assertThat(result.containsKey("structuredContent")).isFalse();
            assertThat(result.getJsonArray("content").getJsonObject(0).getString("text"))
                    .startsWith("{\"error\":");
        }
        var gone =
                scene.send(scene.post(READER).POST(BodyPublishers.ofString(call("list_tasks", "{\"is\":\"gone\"}"))));
        assertThat(gone.statusCode()).isEqualTo(401);
    }

    static Stream<Arguments> answersErrorsOfTheOlderEra() {
        return Stream.of(
                arguments("{", 400, -32700),
                arguments("{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"ping\"}", 400, -32700),
                arguments(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"a\":\"\\u0000\"}}",
                        400,
                        -32700),
                arguments("[]", 400, -32600),
                arguments("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", 400, -32600),
                arguments("{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", 400, -32600),
                arguments("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}", 400, -32600),
                arguments("{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"ping\"}", 400, -32600),
                arguments("{\"jsonrpc\":\"2.0\",\"id\":1}", 400, -32600),
                arguments("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}", 400, -32600),
                arguments("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server/discover\"}", 200, -32601),
                arguments("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"logging/setLevel\"}", 200, -32601),
                arguments(call("no_such_tool", "{}"), 200, -32602),
                arguments(call("list_tasks", "[]"), 200, -32602),
                arguments(call("add_task", "{}"), 403, -32600));
    }

    private static String initialized(String version) {
        var response = scene.send(scene.request(READER, "initialize", "\"protocolVersion\":\"" + version + '"'));
        var result = TestGateway.json(response).getJsonObject("result");
        assertThat(result.getJsonObject("capabilities").fieldNames()).containsExactly("tools", "resources", "prompts");
        assertThat(result.containsKey("resultType")).isFalse();
        return result.getString("protocolVersion");
    }

    private static List<String> toolNames(String token) {
        return TestGateway.json(scene.send(scene.request(token, "tools/list", "")))
                .getJsonObject("result")
                .getJsonArray("tools")
                .stream()
                .map(tool -> ((JsonObject) tool).getString("name"))
                .toList();
    }
}
