package io.parley.gateway.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.parley.contracts.assistant.Tools;
import io.parley.gateway.http.HttpError;
import io.parley.gateway.limits.SearchLimit;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.vertx.core.Future;
import java.util.List;

/** Runs tools. What makes a call impossible is its result, so that the model reads it and can try again. */
final class ToolCalls {
    private static final String SEARCH = "search";

    private final Bus bus;
    private final ToolCatalogue catalogue;
    private final SearchLimit searches;

    ToolCalls(Bus bus, ToolCatalogue catalogue, SearchLimit searches) {
        this.bus = bus;
        this.catalogue = catalogue;
        this.searches = searches;
    }

    /**
     * Fails with a 403 if the caller's token does not permit the tool, and unauthenticated or overloaded as the request itself would:
     * clients sign in again, or wait, only after the status 401, 403 or 503.
     *
     * @param refusedStatus of the answer if there is no such tool
     */
    Future<ObjectNode> call(Caller caller, ObjectNode params, int refusedStatus) {
        var name = params.path("name").asText();
        return catalogue.all().compose(tools -> {
            var tool = tools.get(name);
            if (tool == null) throw invalid(refusedStatus, "There is no such tool.");
            var scope = tool.scope();
            if (scope != null && !caller.may(scope)) throw HttpError.insufficientScope(List.of(scope));
            return run(caller, name, arguments(params, refusedStatus));
        });
    }

    private static JsonNode arguments(ObjectNode params, int refusedStatus) {
        var arguments = params.path("arguments");
        if (arguments.isMissingNode() || arguments.isNull()) return JsonNodeFactory.instance.objectNode();
        if (!arguments.isObject()) throw invalid(refusedStatus, "\"arguments\" must be an object.");
        return arguments;
    }

    private static McpError invalid(int status, String detail) {
        return new McpError(status, McpError.INVALID_PARAMS, detail);
    }

    private Future<ObjectNode> run(Caller caller, String name, JsonNode arguments) {
        var command = new Tools.Run(caller, name, new Json(arguments.toString()));
        var result = name.equals(SEARCH)
                ? searches.run(caller.userId(), () -> bus.ask(Tools.RUN, command))
                : bus.ask(Tools.RUN, command);
        return result.map(done -> result(done.json().text(), done.isError()))
                .recover(failure -> concernsTheRequest(failure)
                        ? Future.failedFuture(failure)
                        : Future.succeededFuture(error((Problem) failure)));
    }

    private static boolean concernsTheRequest(Throwable failure) {
        return !(failure instanceof Problem problem)
                || problem.kind() == Kind.UNAUTHENTICATED
                || problem.kind() == Kind.OVERLOADED;
    }

    private static ObjectNode error(Problem problem) {
        var error = JsonNodeFactory.instance.objectNode().put("error", problem.detail());
        return result(error.toString(), true);
    }

    // Clients hold structuredContent against the result schema of the tool, which an error does not fit.
    private static ObjectNode result(String json, boolean isError) {
        var result = JsonNodeFactory.instance.objectNode();
        result.putArray("content").addObject().put("type", "text").put("text", json);
        if (!isError) result.putRawValue("structuredContent", new RawValue(json));
        return result.put("isError", isError);
    }
}
