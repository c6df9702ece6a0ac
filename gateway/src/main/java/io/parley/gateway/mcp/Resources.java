package io.parley.gateway.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.assistant.Tools;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.tasks.Tasks;
import io.parley.gateway.http.HttpError;
import io.parley.json.JsonForm;
import io.parley.json.StrictJson;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Ids;
import io.parley.kernel.Json;
import io.parley.kernel.Problem;
import io.parley.kernel.Problem.Kind;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** The user's tasks and conversations as resources: {@code parley://task/{id}} and {@code parley://conversation/{id}}. */
final class Resources {
    static final String TASK = "parley://task/";
    static final String CONVERSATION = "parley://conversation/";
    private static final Pattern URI = Pattern.compile("(" + TASK + "|" + CONVERSATION + ")([0-9A-Fa-f-]{36})");
    static final String JSON = "application/json";

    private final Bus bus;

    Resources(Bus bus) {
        this.bus = bus;
    }

    /** What their URIs are like. */
    static ObjectNode templates() {
        var result = JsonNodeFactory.instance.objectNode();
        var templates = result.putArray("resourceTemplates");
        templates
                .addObject()
                .put("uriTemplate", CONVERSATION + "{id}")
                .put("name", "conversation")
                .put("title", "A conversation")
                .put("description", "A conversation of the user's and its last messages.")
                .put("mimeType", JSON);
        templates
                .addObject()
                .put("uriTemplate", TASK + "{id}")
                .put("name", "task")
                .put("title", "A task")
                .put("description", "A task of the user's.")
                .put("mimeType", JSON);
        return result;
    }

    /**
     * Fails with a 403 if the caller's token does not permit it, and forbidden if it is another user's.
     *
     * @param refusedStatus of the answer if there is no such resource
     */
    Future<ObjectNode> read(Caller caller, ObjectNode params, int refusedStatus) {
        var uri = params.path("uri").asText();
        var parts = URI.matcher(uri);
        if (!parts.matches()) throw unknown(refusedStatus);
        var id = Ids.parse(parts.group(2)).orElseThrow(() -> unknown(refusedStatus));
        var text = parts.group(1).equals(TASK) ? task(caller, id) : conversation(caller, id);
        return text.map(json -> contents(uri, json))
                .recover(failure -> Future.failedFuture(isUnknown(failure) ? unknown(refusedStatus) : failure));
    }

    private Future<String> task(Caller caller, UUID id) {
        require(caller, Scope.TASKS_READ);
        return bus.ask(Tasks.FIND, new Tasks.Find(caller, id))
                .map(task -> JsonForm.write(task).toString());
    }

    // The messages as the tool shows them: the last ones, in at most 64 KiB.
    private Future<String> conversation(Caller caller, UUID id) {
        require(caller, Scope.CONVERSATIONS_READ);
        var arguments = JsonNodeFactory.instance.objectNode().put("id", id.toString());
        return bus.ask(Conversations.FIND, new Conversations.Find(caller, id))
                .compose(found -> bus.ask(
                                Tools.RUN, new Tools.Run(caller, "read_conversation", new Json(arguments.toString())))
                        .map(read -> {
                            var all = (ObjectNode) StrictJson.parse(JsonForm.write(found));
                            all.set(
                                    "last_messages",
                                    StrictJson.parse(Buffer.buffer(read.json().text())));
                            return all.toString();
                        }));
    }

    /** Whether this is the URI of something that may exist. */
    static boolean isUri(String uri) {
        return URI.matcher(uri).matches();
    }

    /** Fails with a 403 if the caller's token does not permit reading a resource. */
    static void requireScope(Caller caller, String uri) {
        require(caller, uri.startsWith(TASK) ? Scope.TASKS_READ : Scope.CONVERSATIONS_READ);
    }

    private static void require(Caller caller, Scope scope) {
        if (!caller.may(scope)) throw HttpError.insufficientScope(List.of(scope));
    }

    private static ObjectNode contents(String uri, String json) {
        var result = JsonNodeFactory.instance.objectNode();
        result.putArray("contents")
                .addObject()
                .put("uri", uri)
                .put("mimeType", JSON)
                .put("text", json);
        return result;
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND;
    }

    private static McpError unknown(int status) {
        return new McpError(status, McpError.INVALID_PARAMS, "There is no such resource.");
    }
}
