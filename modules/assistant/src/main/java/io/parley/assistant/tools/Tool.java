package io.parley.assistant.tools;

import com.fasterxml.jackson.databind.JsonNode;
import io.parley.assistant.models.ToolDescription;
import io.parley.kernel.access.Scope;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** An action that a model can request. It runs with the rights of the user. */
public interface Tool {
    ToolDescription description();

    /** What a token needs so that the tool can be used with it; null if the tool leaves out what the scopes do not cover. */
    @Nullable Scope scope();

    /**
     * Returns the result as JSON text. Fails with a problem if the action is impossible: the model gets its text as the
     * result, and the turn goes on.
     *
     * @param json the arguments, which match the schema of the description
     */
    Future<String> run(ToolContext context, JsonNode json);
}
