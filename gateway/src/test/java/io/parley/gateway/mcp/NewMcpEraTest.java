package io.parley.gateway.mcp;

import static io.parley.gateway.mcp.McpScene.READER;
import static io.parley.gateway.mcp.McpScene.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parley.gateway.TestGateway;
import java.net.http.HttpRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of the protocol from 2026-07-28 on, over HTTP. */
class NewMcpEraTest {
    private static McpScene scene;

    @BeforeAll
    static void open() {
        scene = McpScene.open();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    void discoversInTheNewEra() {
        var response = scene.send(scene.modern("server/discover", "", "2026-07-28", "server/discover"));
        var result = TestGateway.json(response).getJsonObject("result");
        assertThat(result.getString("resultType")).isEqualTo("complete");
        assertThat(result.getString("cacheScope")).isEqualTo("public");
        assertThat(result.getJsonArray("supportedVersions").getString(0)).isEqualTo("2026-07-28");
        assertThat(result.getJsonObject("_meta")
                        .getJsonObject("io.modelcontextprotocol/serverInfo")
                        .getString("name"))
                .isEqualTo("parley");
        var list = TestGateway.json(scene.send(scene.modern("tools/list", "", "2026-07-28", "tools/list")))
                .getJsonObject("result");
        assertThat(list.getString("cacheScope")).isEqualTo("private");
        assertThat(list.getInteger("ttlMs")).isEqualTo(300_000);
    }

    @ParameterizedTest
    @MethodSource
    void answersErrorsOfTheNewEra(HttpRequest.Builder request, int status, int code) {
        var response = scene.send(request);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(code(response)).isEqualTo(code);
        assertThat(TestGateway.json(response).getInteger("id")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list_tasks", " list_tasks ", "=?base64?bGlzdF90YXNrcw==?="})
    void callsToolsInTheNewEra(String name) {
        var response = scene.send(scene.modern("tools/call", "\"name\":\"list_tasks\",", "2026-07-28", "tools/call")
                .header("Mcp-Name", name));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(TestGateway.json(response).getJsonObject("result").getString("resultType"))
                .isEqualTo("complete");
    }

    static Stream<Arguments> answersErrorsOfTheNewEra() {
        var list = "\"name\":\"list_tasks\",";
        return Stream.of(
                arguments(scene.modern("tools/list", "", "2025-11-25", "tools/list"), 400, -32020),
                arguments(scene.modern("tools/list", "", null, "tools/list"), 400, -32020),
                arguments(scene.modern("tools/list", "", "2026-07-28", null), 400, -32020),
                arguments(scene.modern("tools/list", "", "2026-07-28", "Tools/List"), 400, -32020),
                arguments(scene.modern("tools/call", list, "2026-07-28", "tools/call"), 400, -32020),
                arguments(
                        scene.modern("tools/call", list, "2026-07-28", "tools/call")
                                .header("Mcp-Name", "add_task"),
                        400,
                        -32020),
                arguments(scene.modern("initialize", "", "2026-07-28", "initialize"), 404, -32601),
                arguments(scene.modern("ping", "", "2026-07-28", "ping"), 404, -32601),
                arguments(
                        scene.modern("tools/call", "\"name\":\"nothing\",", "2026-07-28", "tools/call")
                                .header("Mcp-Name", "nothing"),
                        400,
                        -32602),
                arguments(
                        scene.request(READER, "tools/list", "")
                                .header("MCP-Protocol-Version", "2026-07-28")
                                .header("Mcp-Method", "tools/list"),
                        400,
                        -32602),
                arguments(
                        scene.request(
                                        READER,
                                        "tools/list",
                                        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2030-01-01\"}")
                                .header("MCP-Protocol-Version", "2030-01-01"),
                        400,
                        -32022));
    }
}
