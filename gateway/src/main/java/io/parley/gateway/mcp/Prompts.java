package io.parley.gateway.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.contracts.users.Users;
import io.parley.kernel.Bus;
import io.parley.kernel.Caller;
import io.vertx.core.Future;

/** The user's stored instructions as a prompt, if there are any. */
final class Prompts {
    private static final String NAME = "instructions";
    private static final String DESCRIPTION = "What the user has asked every assistant to heed.";

    private final Bus bus;

    Prompts(Bus bus) {
        this.bus = bus;
    }

    Future<ObjectNode> list(Caller caller) {
        return bus.ask(Users.FIND, new Users.Find(caller)).map(user -> {
            var result = JsonNodeFactory.instance.objectNode();
            var prompts = result.putArray("prompts");
            if (user.instructions() != null)
                prompts.addObject()
                        .put("name", NAME)
                        .put("title", "Your instructions")
                        .put("description", DESCRIPTION);
            return result;
        });
    }

    /** @param refusedStatus of the answer if there is no such prompt */
    Future<ObjectNode> get(Caller caller, ObjectNode params, int refusedStatus) {
        return bus.ask(Users.FIND, new Users.Find(caller)).map(user -> {
            if (user.instructions() == null || !params.path("name").asText().equals(NAME))
                throw new McpError(refusedStatus, McpError.INVALID_PARAMS, "There is no such prompt.");
            var result = JsonNodeFactory.instance.objectNode().put("description", DESCRIPTION);
            result.putArray("messages")
                    .addObject()
                    .put("role", "user")
                    .putObject("content")
                    .put("type", "text")
                    .put("text", user.instructions());
            return result;
        });
    }
}
