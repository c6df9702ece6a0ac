package io.parley.gateway.mcp;

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
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gateway whose tools are a fake, and requests to its MCP server. */
record McpScene(TestGateway gateway) {
    /** A token that may only read tasks. */
    static final String READER = "pat_" + "r".repeat(43);

    private static final String MODERN_META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    static McpScene open() {
        var gateway = TestGateway.open();
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
        TestGateway.await(gateway.bus.answer(Tools.RUN, McpScene::run));
        return new McpScene(gateway);
    }

    void close() {
        gateway.close();
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

    HttpRequest.Builder modern(String method, String params, @Nullable String version, @Nullable String named) {
        var request = request(READER, method, params + MODERN_META);
        if (version != null) request.header("MCP-Protocol-Version", version);
        if (named != null) request.header("Mcp-Method", named);
        return request;
    }

    static String call(String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}";
    }

    HttpRequest.Builder request(String token, String method, String params) {
        return post(token)
                .POST(BodyPublishers.ofString(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "}}"));
    }

    HttpRequest.Builder post(String token) {
        return bearer(token).header("Content-Type", "application/json");
    }

    HttpRequest.Builder bearer(String token) {
        return gateway.request("/mcp").header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return gateway.send(request);
    }

    static int code(HttpResponse<String> response) {
        return TestGateway.json(response).getJsonObject("error").getInteger("code");
    }
}
