package io.parley.gateway.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.conversations.Conversation;
import io.parley.contracts.conversations.Conversations;
import io.parley.contracts.tasks.Tasks;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.parley.kernel.Cursor;
import io.parley.kernel.Page;
import io.parley.kernel.PageRequest;
import io.parley.kernel.PageRequest.Order;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists resources page by page: first the conversations, then the tasks, as far as the token permits reading them. */
final class ResourceList {
    private static final int PAGE = 50;
    private static final String TASKS = "t";
    private static final String CONVERSATIONS = "c";

    private final Bus bus;

    ResourceList(Bus bus) {
        this.bus = bus;
    }

    /** @param refusedStatus of the answer if the cursor is none that a page has had */
    Future<ObjectNode> page(Caller caller, ObjectNode params, int refusedStatus) {
        var cursor = params.path("cursor").asText();
        boolean isOfTasks = cursor.startsWith(TASKS) || !caller.may(Scope.CONVERSATIONS_READ);
        if (isOfTasks && !caller.may(Scope.TASKS_READ)) return Future.succeededFuture(result());
        var request = new PageRequest(position(cursor, refusedStatus), PAGE, Order.DESC);
        return isOfTasks ? tasks(caller, request) : conversations(caller, request);
    }

    private static @Nullable Cursor position(String cursor, int refusedStatus) {
        if (cursor.length() <= 1) return null;
        return Cursor.parse(cursor.substring(1))
                .orElseThrow(() -> new McpError(
                        refusedStatus, McpError.INVALID_PARAMS, "\"cursor\" must be the nextCursor of a page."));
    }

    // Clients that read the first page only would take an empty one for all there is.
    private Future<ObjectNode> conversations(Caller caller, PageRequest request) {
        return bus.ask(Conversations.LIST, new Conversations.ListMine(caller, request))
                .compose(page -> page.items().isEmpty() && caller.may(Scope.TASKS_READ)
                        ? tasks(caller, new PageRequest(null, PAGE, Order.DESC))
                        : Future.succeededFuture(conversations(caller, page)));
    }

    private static ObjectNode conversations(Caller caller, Page<Conversation> page) {
        var result = result();
        for (var each : page.items()) add(result, Resources.CONVERSATION, each.id(), each.title());
        var next = page.nextCursor();
        if (next != null) result.put("nextCursor", CONVERSATIONS + next.text());
        else if (caller.may(Scope.TASKS_READ)) result.put("nextCursor", TASKS);
        return result;
    }

    private Future<ObjectNode> tasks(Caller caller, PageRequest request) {
        return bus.ask(Tasks.LIST, new Tasks.ListMine(caller, Tasks.Filter.NONE, false, request))
                .map(page -> {
                    var result = result();
                    for (var each : page.items()) add(result, Resources.TASK, each.id(), each.title());
                    if (page.nextCursor() != null)
                        result.put("nextCursor", TASKS + page.nextCursor().text());
                    return result;
                });
    }

    private static ObjectNode result() {
        var result = JsonNodeFactory.instance.objectNode();
        result.putArray("resources");
        return result;
    }

    private static void add(ObjectNode result, String scheme, UUID id, @Nullable String title) {
        var resource = ((ArrayNode) result.path("resources"))
                .addObject()
                .put("uri", scheme + id)
                .put("name", id.toString());
        if (title != null) resource.put("title", title);
        resource.put("mimeType", Resources.JSON);
    }
}
