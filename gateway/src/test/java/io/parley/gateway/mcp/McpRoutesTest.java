package io.parley.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parley.contracts.assistant.Tools;
import io.parley.contracts.assistant.Tools.Description;
import io.parley.contracts.tokens.Tokens;
import io.parley.contracts.tokens.Tokens.Checked;
import io.parley.gateway.Fixtures;
import io.parley.gateway.TestGateway;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the protocol in both its eras, over HTTP. */
class McpRoutesTest {
    private static final String READER = "pat_" + "r".repeat(43);
    private static final String MODERN_META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    private static TestGateway gateway;

    @BeforeAll
    static void open() {
        gateway = TestGateway.open();
        TestGateway.await(gateway.bus.answer(
                Tokens.CHECK,
                query -> query.token().value().equals(READER)
                        ? Future.succeededFuture(new Checked(
                                Ids.next(), Fixtures.ADAS_ID, Caller.Role.USER, List.of(Scope.TASKS_READ), null))
                        : Future.failedFuture(Problem.unauthenticated("The access token is not valid."))));
        TestGateway.await(gateway.bus.answer(
                Tools.DESCRIBE,
                query -> Future.succeededFuture(new Tools.Descriptions(
                        List.of(tool("list_tasks", Scope.TASKS_READ), tool("add_task", Scope.TASKS_WRITE))))));
        TestGateway.await(gateway.bus.answer(Tools.RUN, McpRoutesTest::run));
    }

    private static Description tool(String name, Scope scope) {
        return new Description(name, "Does it.", new Json("{\"type\":\"object\"}"), scope);
    }

    private static Future<Tools.Result> run(Tools.Run command) {
        return switch (command.arguments().text()) {
            case "{}" -> Future.succeededFuture(new Tools.Result(new Json("{\"tasks\":[]}"), false));
            case "{\"is\":\"wrong\"}" ->
                Future.succeededFuture(new Tools.Result(new Json("{\"error\":\"is is no argument\"}"), true));
            case "{\"is\":\"gone\"}" -> Future.failedFuture(Problem.unauthenticated("The account no longer exists."));
            default -> Future.failedFuture(Problem.internal());
        };
    }

    @AfterAll
    static void close() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "PUT"})
    void tellsAnybodyThatItOnlyTakesPosts(String method) {
        var response = gateway.send(gateway.request("/mcp").method(method, BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1:1"})
    void refusesPagesOfOtherOrigins(String origin) {
        var response =
                gateway.send(gateway.request("/mcp").header("Origin", origin).POST(BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(code(response)).isEqualTo(-32600);
    }

    @Test
    void takesPagesOfItsOwnAndOfAllowedOrigins() {
        for (var origin : List.of("http://127.0.0.1:" + gateway.port(), TestGateway.FRIENDLY_ORIGIN)) {
            assertThat(gateway.send(gateway.request("/mcp")
                                    .header("Origin", origin)
                                    .header("Access-Control-Request-Method", "POST")
                                    .method("OPTIONS", BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(send(request(READER, "ping", "").header("Origin", origin))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(gateway.sendRaw("POST /mcp HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n"
                        + "Connection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void challengesWhoHasNoToken() {
        for (var method : List.of("initialize", "server/discover", "tools/list", "notifications/initialized")) {
            var response = send(gateway.request("/mcp")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\"}")));
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .hasValue("Bearer realm=\"parley\", resource_metadata=\"http://127.0.0.1:" + gateway.port()
                            + "/.well-known/oauth-protected-resource/mcp\"");
            assertThat(code(response)).isEqualTo(-32600);
        }
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

    @ParameterizedTest
    @MethodSource
    void answersErrorsOfTheOlderEra(String body, int status, int code) {
        var response = send(post(READER).POST(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(code(response)).isEqualTo(code);
    }

    @Test
    void namesTheScopeThatAToolNeeds() {
        var response = send(post(READER).POST(BodyPublishers.ofString(call("add_task", "{}"))));
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .endsWith("error=\"insufficient_scope\", scope=\"tasks:write\"");
        assertThat(TestGateway.json(response).getInteger("id")).isEqualTo(1);
    }

    @Test
    void takesJsonOnly() {
        var ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
        assertThat(send(bearer(READER).header("Content-Type", "text/plain").POST(BodyPublishers.ofString(ping)))
                        .statusCode())
                .isEqualTo(415);
        assertThat(send(post(READER).header("Accept", "text/event-stream").POST(BodyPublishers.ofString(ping)))
                        .statusCode())
                .isEqualTo(406);
        for (var accept : List.of("*/*", "application/json", "application/json, text/event-stream"))
            assertThat(send(post(READER).header("Accept", accept).POST(BodyPublishers.ofString(ping)))
                            .statusCode())
                    .isEqualTo(200);
        var large = send(post(READER).POST(BodyPublishers.ofString(" ".repeat(1024 * 1024) + ping)));
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
        var response = send(post(READER).POST(BodyPublishers.ofString(body)));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void agreesOnAVersionOfTheOlderEra() {
        assertThat(initialized("2025-06-18")).isEqualTo("2025-06-18");
        assertThat(initialized("2024-11-05")).isEqualTo("2025-11-25");
        var unknown = send(request(READER, "ping", "").header("MCP-Protocol-Version", "1999-01-01"));
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(code(unknown)).isEqualTo(-32022);
        var data = TestGateway.json(unknown).getJsonObject("error").getJsonObject("data");
        assertThat(data.getString("requested")).isEqualTo("1999-01-01");
        assertThat(data.getJsonArray("supported"))
                .isEqualTo(JsonArray.of("2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26"));
    }

    private static String initialized(String version) {
        var response = send(request(READER, "initialize", "\"protocolVersion\":\"" + version + '"'));
        var result = TestGateway.json(response).getJsonObject("result");
        assertThat(result.getJsonObject("capabilities").fieldNames()).containsExactly("tools", "resources", "prompts");
        assertThat(result.containsKey("resultType")).isFalse();
        return result.getString("protocolVersion");
    }

    @Test
    void showsOnlyToolsThatTheTokenPermits() {
        assertThat(toolNames(READER)).containsExactly("list_tasks");
        assertThat(toolNames(Fixtures.token(Fixtures.adasClaims()))).containsExactly("list_tasks", "add_task");
    }

    private static List<String> toolNames(String token) {
        return TestGateway.json(send(request(token, "tools/list", "")))
                .getJsonObject("result")
                .getJsonArray("tools")
                .stream()
                .map(tool -> ((JsonObject) tool).getString("name"))
                .toList();
    }

    @Test
    void givesResultsAsTextAndAsStructure() {
        var result = TestGateway.json(send(post(READER).POST(BodyPublishers.ofString(call("list_tasks", "null")))))
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
                            send(post(READER).POST(BodyPublishers.ofString(call("list_tasks", arguments)))))
                    .getJsonObject("result");
            assertThat(result.getBoolean("isError")).isTrue();
            assertThat(result.containsKey("structuredContent")).isFalse();
            assertThat(result.getJsonArray("content").getJsonObject(0).getString("text"))
                    .startsWith("{\"error\":");
        }
        var gone = send(post(READER).POST(BodyPublishers.ofString(call("list_tasks", "{\"is\":\"gone\"}"))));
        assertThat(gone.statusCode()).isEqualTo(401);
    }

    @Test
    void discoversInTheNewEra() {
        var response = send(modern("server/discover", "", "2026-07-28", "server/discover"));
        var result = TestGateway.json(response).getJsonObject("result");
        assertThat(result.getString("resultType")).isEqualTo("complete");
        assertThat(result.getString("cacheScope")).isEqualTo("public");
        assertThat(result.getJsonArray("supportedVersions").getString(0)).isEqualTo("2026-07-28");
        assertThat(result.getJsonObject("_meta")
                        .getJsonObject("io.modelcontextprotocol/serverInfo")
                        .getString("name"))
                .isEqualTo("parley");
        var list = TestGateway.json(send(modern("tools/list", "", "2026-07-28", "tools/list")))
                .getJsonObject("result");
        assertThat(list.getString("cacheScope")).isEqualTo("private");
        assertThat(list.getInteger("ttlMs")).isEqualTo(300_000);
    }

    static Stream<Arguments> answersErrorsOfTheNewEra() {
        var list = "\"name\":\"list_tasks\",";
        return Stream.of(
                arguments(modern("tools/list", "", "2025-11-25", "tools/list"), 400, -32020),
                arguments(modern("tools/list", "", null, "tools/list"), 400, -32020),
                arguments(modern("tools/list", "", "2026-07-28", null), 400, -32020),
                arguments(modern("tools/list", "", "2026-07-28", "Tools/List"), 400, -32020),
                arguments(modern("tools/call", list, "2026-07-28", "tools/call"), 400, -32020),
                arguments(
                        modern("tools/call", list, "2026-07-28", "tools/call").header("Mcp-Name", "add_task"),
                        400,
                        -32020),
                arguments(modern("initialize", "", "2026-07-28", "initialize"), 404, -32601),
                arguments(modern("ping", "", "2026-07-28", "ping"), 404, -32601),
                arguments(
                        modern("tools/call", "\"name\":\"nothing\",", "2026-07-28", "tools/call")
                                .header("Mcp-Name", "nothing"),
                        400,
                        -32602),
                arguments(
                        request(READER, "tools/list", "")
                                .header("MCP-Protocol-Version", "2026-07-28")
                                .header("Mcp-Method", "tools/list"),
                        400,
                        -32602),
                arguments(
                        request(
                                        READER,
                                        "tools/list",
                                        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2030-01-01\"}")
                                .header("MCP-Protocol-Version", "2030-01-01"),
                        400,
                        -32022));
    }

    @ParameterizedTest
    @MethodSource
    void answersErrorsOfTheNewEra(HttpRequest.Builder request, int status, int code) {
        var response = send(request);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(code(response)).isEqualTo(code);
        assertThat(TestGateway.json(response).getInteger("id")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list_tasks", " list_tasks ", "=?base64?bGlzdF90YXNrcw==?="})
    void callsToolsInTheNewEra(String name) {
        var response = send(modern("tools/call", "\"name\":\"list_tasks\",", "2026-07-28", "tools/call")
                .header("Mcp-Name", name));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(TestGateway.json(response).getJsonObject("result").getString("resultType"))
                .isEqualTo("complete");
    }

    private static HttpRequest.Builder modern(
            String method, String params, @Nullable String version, @Nullable String named) {
        var request = request(READER, method, params + MODERN_META);
        if (version != null) request.header("MCP-Protocol-Version", version);
        if (named != null) request.header("Mcp-Method", named);
        return request;
    }

    private static String call(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    private static HttpRequest.Builder request(String token, String method, String params) {
        return post(token)
                .POST(BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}"));
    }

    private static HttpRequest.Builder post(String token) {
        return bearer(token).header("Content-Type", "application/json");
    }

    private static HttpRequest.Builder bearer(String token) {
        return gateway.request("/mcp").header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        return gateway.send(request);
    }

    private static int code(HttpResponse<String> response) {
        return TestGateway.json(response).getJsonObject("error").getInteger("code");
    }
}
